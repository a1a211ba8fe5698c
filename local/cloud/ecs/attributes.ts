import type {
    Attribute,
    DeleteAttributesRequest,
    ListAttributesRequest,
    PutAttributesRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { activeCluster } from "./findCluster";
import { arnInCluster, shortName } from "./names";
import { page } from "./paging";
import type { ClusterId, ContainerInstanceRecord } from "./records";

export const putAttributes: Handler = async (call, cloud) => {
    const input = inputOf(call) as PutAttributesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    for (const attribute of input.attributes ?? []) {
        target(cloud, cluster, attribute).attributes.set(attribute.name ?? "", attribute.value);
    }
    return jsonAnswer({ attributes: input.attributes ?? [] });
};

export const deleteAttributes: Handler = async (call, cloud) => {
    const input = inputOf(call) as DeleteAttributesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    for (const attribute of input.attributes ?? []) {
        target(cloud, cluster, attribute).attributes.delete(attribute.name ?? "");
    }
    return jsonAnswer({ attributes: input.attributes ?? [] });
};

export const listAttributes: Handler = async (call, cloud) => {
    const input = inputOf(call) as ListAttributesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const attributes = cloud.ecs.containerInstancesOf(cluster.arn).flatMap((host) =>
        [...host.attributes]
            .filter(([name]) => input.attributeName === undefined || name === input.attributeName)
            .filter(([, value]) => input.attributeValue === undefined || value === input.attributeValue)
            .map(([name, value]) => ({ name, value, targetType: "container-instance", targetId: host.arn })),
    );
    const { items, nextToken } = page(attributes, input);
    return jsonAnswer({ attributes: items, nextToken });
};

function target(cloud: Cloud, cluster: ClusterId, { targetId }: Attribute): ContainerInstanceRecord {
    const host = cloud.ecs.containerInstances.get(
        arnInCluster(cluster, "container-instance", shortName(targetId ?? "")),
    );
    if (host === undefined) {
        throw new AwsError(
            "TargetNotFoundException",
            `The specified target wasn't found: ${targetId ?? "none given"}`,
        );
    }
    return host;
}

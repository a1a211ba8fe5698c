import type {
    DeregisterContainerInstanceRequest,
    DescribeContainerInstancesRequest,
    ListContainerInstancesRequest,
    RegisterContainerInstanceRequest,
    UpdateContainerInstancesStateRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { parseClusterQuery } from "./clusterQuery";
import type { QuerySubject } from "./clusterQuery";
import { activeCluster } from "./findCluster";
import { arnInCluster, shortName } from "./names";
import { page } from "./paging";
import type { ClusterId, ContainerInstanceRecord } from "./records";
import { removeHost, registerHost } from "./registration";
import { containerInstanceView } from "./views";

export const listContainerInstances: Handler = async (call, cloud) => {
    const input = inputOf(call) as ListContainerInstancesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const fits =
        input.filter === undefined || input.filter === "" ? () => true : parseClusterQuery(input.filter);
    const arns = cloud.ecs
        .containerInstancesOf(cluster.arn)
        .filter((host) => input.status === undefined || host.status === input.status)
        .filter((host) => fits(querySubject(host, cloud)))
        .map(({ arn }) => arn)
        .sort();
    const { items, nextToken } = page(arns, input);
    return jsonAnswer({ containerInstanceArns: items, nextToken });
};

export const describeContainerInstances: Handler = async (call, cloud) => {
    const input = inputOf(call) as DescribeContainerInstancesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const { found, failures } = lookUp(cloud, cluster, input.containerInstances);
    const withTags = input.include?.includes("TAGS") === true;
    return jsonAnswer({
        containerInstances: found.map((host) => containerInstanceView(host, cloud.ecs, withTags)),
        failures,
    });
};

export const updateContainerInstancesState: Handler = async (call, cloud) => {
    const input = inputOf(call) as UpdateContainerInstancesStateRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const { status } = input;
    if (status !== "ACTIVE" && status !== "DRAINING") {
        throw new AwsError(
            "InvalidParameterException",
            "Container instance status should be one of [ACTIVE,DRAINING].",
        );
    }
    const { found, failures } = lookUp(cloud, cluster, input.containerInstances);
    for (const host of found) {
        host.status = status;
    }
    cloud.ecs.changed(cluster.arn);
    return jsonAnswer({
        containerInstances: found.map((host) => containerInstanceView(host, cloud.ecs, false)),
        failures,
    });
};

/** Refuses while tasks run there, unless forced: then the tasks are orphaned. */
export const deregisterContainerInstance: Handler = async (call, cloud) => {
    const input = inputOf(call) as DeregisterContainerInstanceRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const { found } = lookUp(cloud, cluster, [input.containerInstance ?? ""]);
    const [host] = found;
    if (host === undefined) {
        throw new AwsError("InvalidParameterException", "Referenced container instance not found.");
    }
    if (input.force !== true && cloud.ecs.tasksOn(host.arn).length > 0) {
        throw new AwsError("InvalidParameterException", "Found running tasks on the instance.");
    }
    const view = { ...containerInstanceView(host, cloud.ecs, false), status: "INACTIVE" };
    removeHost(cloud, host, "The container instance was deregistered.");
    return jsonAnswer({ containerInstance: view });
};

/** For agents that are not simulated; simulated hosts register without a call. */
export const registerContainerInstance: Handler = async (call, cloud) => {
    const input = inputOf(call) as RegisterContainerInstanceRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const document = JSON.parse(input.instanceIdentityDocument ?? "{}") as { instanceId?: string };
    const number = (name: string) =>
        input.totalResources?.find((resource) => resource.name === name)?.integerValue ?? 0;
    const host = await registerHost(cloud, cluster, {
        ec2InstanceId: document.instanceId ?? "",
        agentVersion: input.versionInfo?.agentVersion ?? "",
        dockerVersion: input.versionInfo?.dockerVersion?.replace("DockerVersion: ", "") ?? "",
        attributes: new Map(input.attributes?.map(({ name, value }) => [name ?? "", value])),
        tags: input.tags ?? [],
        resources: { cpuUnits: number("CPU"), memoryMiB: number("MEMORY"), ports: [] },
    });
    return jsonAnswer({ containerInstance: containerInstanceView(host, cloud.ecs, true) });
};

/** Where agents are to poll. moto has no such operation. */
export const discoverPollEndpoint: Handler = (call) => {
    const host = `ecs-a-1.${call.region}.amazonaws.com`;
    return Promise.resolve(
        jsonAnswer({
            endpoint: `https://${host}/`,
            telemetryEndpoint: `https://ecs-t-1.${call.region}.amazonaws.com/`,
            serviceConnectEndpoint: `https://ecs-sc.${call.region}.api.aws`,
        }),
    );
};

function lookUp(
    cloud: Cloud,
    cluster: ClusterId,
    idsOrArns: readonly string[] | undefined,
): { found: ContainerInstanceRecord[]; failures: object[] } {
    if (idsOrArns === undefined || idsOrArns.length === 0) {
        throw new AwsError("InvalidParameterException", "Container instances cannot be empty.");
    }
    const found: ContainerInstanceRecord[] = [];
    const failures: object[] = [];
    for (const idOrArn of idsOrArns) {
        const arn = arnInCluster(cluster, "container-instance", shortName(idOrArn));
        const host = cloud.ecs.containerInstances.get(arn);
        if (host === undefined) {
            failures.push({ arn, reason: "MISSING" });
        } else {
            found.push(host);
        }
    }
    return { found, failures };
}

function querySubject(host: ContainerInstanceRecord, { ecs }: Cloud): QuerySubject {
    const plain: Readonly<Record<string, string>> = {
        ec2InstanceId: host.ec2InstanceId,
        agentConnected: String(host.agentConnected),
        agentVersion: host.agentVersion,
        registeredAt: new Date(host.registeredAtSeconds * 1000).toISOString(),
        runningTasksCount: String(
            ecs.tasksOn(host.arn).filter(({ lastStatus }) => lastStatus === "RUNNING").length,
        ),
    };
    return {
        value: (subject) =>
            subject.startsWith("attribute:")
                ? host.attributes.get(subject.slice("attribute:".length))
                : plain[subject],
        taskValues: (property) =>
            property === "group" ? ecs.tasksOn(host.arn).map(({ group }) => group) : [],
    };
}

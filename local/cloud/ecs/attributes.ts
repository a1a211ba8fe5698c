import type {
    Attribute,
    DeleteAttributesRequest,
    ListAttributesRequest,
    PutAttributesRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { activeCluster, checkedList, invalid, page } from "./inputs";
import { arnInCluster } from "./names";
import type { ContainerInstanceRecord } from "./state";

/** Source: API references of PutAttributes and DeleteAttributes; attributes named `ecs.` are not custom. */
const mostAttributes = 10;
/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html */
const nameForm = /^[A-Za-z0-9_/\\.-]{1,128}$/;
const valueForm = /^(?! )[A-Za-z0-9_.@/\\: -]{1,128}(?<! )$/;

export async function putAttributes(
    input: PutAttributesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const targets = await findTargets(input, region, cloud);
    for (const { host, attribute } of targets) {
        const { name = "", value } = attribute;
        if (!nameForm.test(name) || (value !== undefined && !valueForm.test(value))) {
            throw invalid(`Invalid attribute: ${name}=${value ?? ""}.`);
        }
        const attributes = { ...host.attributes, [name]: value };
        if (Object.keys(attributes).filter(isCustom).length > mostAttributes) {
            throw new AwsError(
                "AttributeLimitExceededException",
                `You can apply up to ${mostAttributes} custom attributes for each resource.`,
            );
        }
        host.attributes = attributes;
    }
    return changed(input, targets, cloud);
}

export async function deleteAttributes(
    input: DeleteAttributesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const targets = await findTargets(input, region, cloud);
    for (const { host, attribute } of targets) {
        host.attributes = Object.fromEntries(
            Object.entries(host.attributes).filter(([name]) => name !== attribute.name),
        );
    }
    return changed(input, targets, cloud);
}

export async function listAttributes(
    input: ListAttributesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { attributeName, attributeValue } = input;
    if (attributeValue !== undefined && attributeName === undefined) {
        throw invalid("An attribute name is required with an attribute value.");
    }
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const attributes = cloud.ecs.containerInstancesOf(clusterArn).flatMap((host) =>
        Object.entries(host.attributes)
            .filter(([name]) => attributeName === undefined || name === attributeName)
            .filter(([, value]) => attributeValue === undefined || value === attributeValue)
            .map(([name, value]) => ({ name, value, targetType: "container-instance", targetId: host.arn })),
    );
    const { items, nextToken } = page(attributes, input);
    return { attributes: items, nextToken };
}

/** Attributes that nobody but an agent or ECS itself sets do not count. */
function isCustom(name: string): boolean {
    return !/^(ecs|com\.amazonaws\.ecs)\./.test(name);
}

interface Target {
    readonly host: ContainerInstanceRecord;
    readonly attribute: Attribute;
}

async function findTargets(
    input: PutAttributesRequest | DeleteAttributesRequest,
    region: string,
    cloud: Cloud,
): Promise<readonly Target[]> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    return checkedList(input.attributes, mostAttributes, "Attributes").map((attribute) => {
        const arn = arnInCluster(clusterArn, "container-instance", attribute.targetId);
        const host = cloud.ecs.containerInstances.get(arn);
        if (host === undefined) {
            throw new AwsError(
                "TargetNotFoundException",
                `The specified target wasn't found: ${attribute.targetId ?? "none was given"}.`,
            );
        }
        return { host, attribute };
    });
}

/** Where tasks may run can follow from an attribute. */
function changed({ attributes }: PutAttributesRequest, targets: readonly Target[], { ecs }: Cloud): object {
    for (const clusterArn of new Set(targets.map(({ host }) => host.clusterArn))) {
        ecs.changed(clusterArn);
    }
    return { attributes };
}

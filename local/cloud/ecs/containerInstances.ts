import type {
    DeregisterContainerInstanceRequest,
    DescribeContainerInstancesRequest,
    ListContainerInstancesRequest,
    UpdateContainerInstancesStateRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { removeHost } from "./registration";
import { activeCluster, invalid, page } from "./inputs";
import { arnInCluster } from "./names";
import type { ContainerInstanceRecord } from "./state";
import { containerInstanceView } from "./views";

export async function listContainerInstances(
    input: ListContainerInstancesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const attribute = readFilter(input.filter);
    const arns = cloud.ecs
        .containerInstancesOf(clusterArn)
        .filter(({ status }) => input.status === undefined || status === input.status)
        .filter(({ attributes }) => attribute === undefined || attributes[attribute.name] === attribute.value)
        .map(({ arn }) => arn)
        .sort();
    const { items, nextToken } = page(arns, input);
    return { containerInstanceArns: items, nextToken };
}

export async function describeContainerInstances(
    input: DescribeContainerInstancesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { found, failures } = lookUp(cloud, clusterArn, input.containerInstances);
    const withTags = input.include?.includes("TAGS") === true;
    return {
        containerInstances: found.map((host) => containerInstanceView(host, cloud.ecs, withTags)),
        failures,
    };
}

export async function updateContainerInstancesState(
    input: UpdateContainerInstancesStateRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { status } = input;
    if (status !== "ACTIVE" && status !== "DRAINING") {
        throw invalid("Container instance status should be one of [ACTIVE,DRAINING].");
    }
    const { found, failures } = lookUp(cloud, clusterArn, input.containerInstances);
    for (const host of found) {
        host.status = status;
    }
    cloud.ecs.changed(clusterArn);
    return { containerInstances: found.map((host) => containerInstanceView(host, cloud.ecs)), failures };
}

/** Refuses while tasks run there, unless forced: then the tasks are orphaned. */
export async function deregisterContainerInstance(
    input: DeregisterContainerInstanceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const [host] = lookUp(cloud, clusterArn, [input.containerInstance ?? ""]).found;
    if (host === undefined) {
        throw invalid("Referenced container instance not found.");
    }
    if (input.force !== true && cloud.ecs.tasksOn(host.arn).length > 0) {
        throw invalid("Found running tasks on the instance.");
    }
    const containerInstance = { ...containerInstanceView(host, cloud.ecs), status: "INACTIVE" };
    removeHost(cloud, host, "The container instance was deregistered.");
    return { containerInstance };
}

/**
 * Reads a filter of the form `attribute:NAME == VALUE`, the only one of the cluster query language that is played.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 * @throws AwsError InvalidParameterException
 */
function readFilter(filter = ""): { readonly name: string; readonly value: string } | undefined {
    if (filter === "") {
        return undefined;
    }
    const [, name, , value] = /^\s*attribute:(\S+)\s*==\s*(['"]?)([^\s'"]+)\2\s*$/.exec(filter) ?? [];
    if (name === undefined || value === undefined) {
        throw invalid(`Invalid filter expression: ${filter}; the local cloud reads attribute:NAME == VALUE`);
    }
    return { name, value };
}

function lookUp(
    { ecs }: Cloud,
    clusterArn: string,
    idsOrArns: readonly string[] = [],
): { readonly found: readonly ContainerInstanceRecord[]; readonly failures: readonly object[] } {
    if (idsOrArns.length === 0) {
        throw invalid("Container instances cannot be empty.");
    }
    const arns = idsOrArns.map((idOrArn) => arnInCluster(clusterArn, "container-instance", idOrArn));
    return {
        found: arns.flatMap((arn) => ecs.containerInstances.get(arn) ?? []),
        failures: arns
            .filter((arn) => !ecs.containerInstances.has(arn))
            .map((arn) => ({ arn, reason: "MISSING" })),
    };
}

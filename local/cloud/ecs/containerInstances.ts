import type {
    DeregisterContainerInstanceRequest,
    DescribeContainerInstancesRequest,
    ListContainerInstancesRequest,
    UpdateContainerInstancesStateRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { readClusterQuery } from "./clusterQuery";
import { activeCluster, checkedList, invalid, page } from "./inputs";
import { arnInCluster } from "./names";
import { occupied } from "./placement";
import { removeHost } from "./registration";
import type { ContainerInstanceRecord } from "./state";
import { containerInstanceView } from "./views";

/** Source: API references of DescribeContainerInstances and UpdateContainerInstancesState. */
const most = { described: 100, updated: 10 } as const;

export async function listContainerInstances(
    input: ListContainerInstancesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { filter = "" } = input;
    const holds = filter === "" ? () => true : readClusterQuery(filter);
    const arns = occupied(cloud.ecs, clusterArn)
        .filter(({ host }) => input.status === undefined || host.status === input.status)
        .filter(holds)
        .map(({ host }) => host.arn)
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
    const { found, failures } = lookUp(cloud, clusterArn, input.containerInstances, most.described);
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
    const { found, failures } = lookUp(cloud, clusterArn, input.containerInstances, most.updated);
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
    const [host] = lookUp(cloud, clusterArn, [input.containerInstance ?? ""], 1).found;
    if (host === undefined) {
        throw invalid("Referenced container instance not found.");
    }
    if (input.force !== true && cloud.ecs.tasksOn(host.arn).length > 0) {
        throw invalid("Found running tasks on the instance.");
    }
    const containerInstance = { ...containerInstanceView(host, cloud.ecs), status: "INACTIVE" };
    removeHost(cloud, host, "The container instance was deregistered.");
    // Of a host that was moved to another cluster, what was left here may go.
    if (host.agentConnected || !isConnected(cloud, host.ec2InstanceId)) {
        cloud.hosts.deregistered(host.ec2InstanceId ?? "");
    }
    return { containerInstance };
}

function isConnected({ ecs }: Cloud, instanceId: string | undefined): boolean {
    return [...ecs.containerInstances.values()].some(
        ({ ec2InstanceId, agentConnected }) => ec2InstanceId === instanceId && agentConnected,
    );
}

function lookUp(
    { ecs }: Cloud,
    clusterArn: string,
    idsOrArns: readonly string[] | undefined,
    atMost: number,
): { readonly found: readonly ContainerInstanceRecord[]; readonly failures: readonly object[] } {
    const arns = checkedList(idsOrArns, atMost, "Container instances").map((idOrArn) =>
        arnInCluster(clusterArn, "container-instance", idOrArn),
    );
    return {
        found: arns.flatMap((arn) => ecs.containerInstances.get(arn) ?? []),
        failures: arns
            .filter((arn) => !ecs.containerInstances.has(arn))
            .map((arn) => ({ arn, reason: "MISSING" })),
    };
}

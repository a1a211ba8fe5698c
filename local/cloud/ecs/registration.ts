import type { Cluster, Tag } from "@aws-sdk/client-ecs";
import type { RegistryParts } from "../cloud";
import { capacityProviderOf } from "./capacityProviders";
import { arnInCluster, newId, nowSeconds } from "./names";
import type { ClusterId, ContainerInstanceRecord, Resources } from "./records";
import { endTask } from "./taskLife";

/** What an agent says of its host. */
export interface Registration {
    readonly ec2InstanceId: string;
    readonly agentVersion: string;
    readonly dockerVersion: string;
    readonly attributes: ReadonlyMap<string, string | undefined>;
    readonly tags: readonly Tag[];
    readonly resources: Resources;
}

/** Registers a host with a cluster; one that is registered there already is connected again, under its old ARN. */
export async function registerHost(
    cloud: RegistryParts,
    cluster: ClusterId,
    registration: Registration,
): Promise<ContainerInstanceRecord> {
    const known = cloud.ecs
        .containerInstancesOf(cluster.arn)
        .find((host) => host.ec2InstanceId === registration.ec2InstanceId);
    const capacityProviderName = await providerName(cloud, cluster, registration.ec2InstanceId);
    const host: ContainerInstanceRecord = {
        arn: known?.arn ?? arnInCluster(cluster, "container-instance", newId()),
        clusterArn: cluster.arn,
        clusterName: cluster.name,
        region: cluster.region,
        ec2InstanceId: registration.ec2InstanceId,
        registeredAtSeconds: known?.registeredAtSeconds ?? nowSeconds(),
        resources: registration.resources,
        agentVersion: registration.agentVersion,
        dockerVersion: registration.dockerVersion,
        status: known?.status ?? "ACTIVE",
        agentConnected: true,
        attributes: new Map(registration.attributes),
        tags: [...registration.tags],
        ...(capacityProviderName !== undefined && { capacityProviderName }),
    };
    cloud.ecs.containerInstances.set(host.arn, host);
    cloud.ecs.changed(cluster.arn);
    return host;
}

/** The hosts that an instance is registered as: one, unless somebody moved it between clusters. */
export function hostsOfInstance(cloud: RegistryParts, ec2InstanceId: string): ContainerInstanceRecord[] {
    return [...cloud.ecs.containerInstances.values()].filter((host) => host.ec2InstanceId === ec2InstanceId);
}

/** The agent is gone, the host stays registered; what ran there has ended. */
export function disconnectHost(cloud: RegistryParts, host: ContainerInstanceRecord, reason: string): void {
    host.agentConnected = false;
    endTasks(cloud, host, reason);
    cloud.ecs.changed(host.clusterArn);
}

export function removeHost(cloud: RegistryParts, host: ContainerInstanceRecord, reason: string): void {
    cloud.ecs.containerInstances.delete(host.arn);
    endTasks(cloud, host, reason);
    cloud.ecs.changed(host.clusterArn);
}

function endTasks(cloud: RegistryParts, host: ContainerInstanceRecord, reason: string): void {
    for (const task of cloud.ecs.tasksOn(host.arn)) {
        endTask(task, reason);
    }
}

async function providerName(
    cloud: RegistryParts,
    cluster: ClusterId,
    instanceId: string,
): Promise<string | undefined> {
    const { AutoScalingInstances: instances } = await cloud.moto
        .autoScaling(cluster.region)
        .describeAutoScalingInstances({ InstanceIds: [instanceId] });
    const groupName = instances?.[0]?.AutoScalingGroupName;
    if (groupName === undefined) {
        return undefined;
    }
    const [{ AutoScalingGroups: groups }, { clusters }] = await Promise.all([
        cloud.moto
            .autoScaling(cluster.region)
            .describeAutoScalingGroups({ AutoScalingGroupNames: [groupName] }),
        cloud.moto.ecs<{ clusters?: Cluster[] }>(cluster.region, "DescribeClusters", {
            clusters: [cluster.arn],
        }),
    ]);
    const providers = clusters?.[0]?.capacityProviders ?? [];
    return capacityProviderOf(cloud, cluster.region, providers, groups?.[0]?.AutoScalingGroupARN);
}

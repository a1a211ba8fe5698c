import type { _InstanceType } from "@aws-sdk/client-ec2";
import type { Cluster } from "@aws-sdk/client-ecs";
import type { RegisteredDecision } from "../../hosts/decide/decision";
import { findGroup, groupOfInstance } from "../autoScaling/members";
import type { Cloud } from "../cloud";
import { activeCluster, describeCapacityProviders } from "./inputs";
import { arnInCluster, newId, nowSeconds } from "./names";
import type { ContainerInstanceRecord, Resources } from "./state";
import { endTask } from "./taskLife";

/** What docker sees of an instance's memory: the kernel keeps a part. */
const visibleMemory = 0.96;

type Parts = Pick<Cloud, "moto" | "ecs">;

/** A host as its agent registers it. */
export interface RegisteringHost {
    readonly region: string;
    readonly instanceId: string;
    readonly instanceType: string;
}

/**
 * Registers a host with its cluster, as its agent would; one that is registered there already is connected again,
 * under its old ARN.
 */
export async function registerHost(
    cloud: Parts,
    { region, instanceId, instanceType }: RegisteringHost,
    decision: RegisteredDecision,
): Promise<void> {
    const { cpuUnits, memoryMiB } = await resourcesOfType(cloud, region, instanceType);
    const { reserved } = decision;
    const resources = { cpuUnits, memoryMiB: memoryMiB - reserved.memoryMiB, ports: reserved.ports };
    if (decision.createsCluster) {
        await cloud.moto.ecs(region, "CreateCluster", { clusterName: decision.clusterName });
    }
    const cluster = await activeCluster(cloud, region, decision.clusterName);
    await register(cloud, region, cluster, {
        ec2InstanceId: instanceId,
        resources,
        agentVersion: decision.agentVersion,
        agentHash: "8dfceca",
        dockerVersion: decision.dockerVersion,
        agentConnected: decision.connected,
        attributes: decision.attributes,
        tags: Object.entries(decision.tags).map(([key, value]) => ({ key, value })),
    });
}

/** What an agent says of its host. */
export interface Registration extends Pick<
    ContainerInstanceRecord,
    | "ec2InstanceId"
    | "clientToken"
    | "resources"
    | "agentVersion"
    | "agentHash"
    | "dockerVersion"
    | "agentConnected"
    | "attributes"
    | "tags"
> {
    /** Of a host that registers again. */
    readonly arn?: string;
}

/**
 * Enters a host; one that is known by its ARN, instance or token keeps its ARN, and the attributes that it does not name.
 * An agent names its custom attributes only the first time. Source: amazon-ecs-agent, ecs_client.go.
 */
export async function register(
    cloud: Parts,
    region: string,
    cluster: Cluster & { readonly clusterArn: string },
    registration: Registration,
): Promise<ContainerInstanceRecord> {
    const { arn, clientToken, ec2InstanceId } = registration;
    const capacityProviderName =
        ec2InstanceId === undefined
            ? undefined
            : await capacityProviderOf(cloud, region, cluster, ec2InstanceId);
    const known = cloud.ecs
        .containerInstancesOf(cluster.clusterArn)
        .find(
            (host) =>
                host.arn === arn ||
                (ec2InstanceId !== undefined && host.ec2InstanceId === ec2InstanceId) ||
                (clientToken !== undefined && host.clientToken === clientToken),
        );
    const host: ContainerInstanceRecord = {
        ...registration,
        arn: known?.arn ?? arnInCluster(cluster.clusterArn, "container-instance", newId()),
        clusterArn: cluster.clusterArn,
        registeredAtSeconds: known?.registeredAtSeconds ?? nowSeconds(),
        status: known?.status ?? "ACTIVE",
        leavesGroup: known?.leavesGroup ?? false,
        attributes: { ...known?.attributes, ...registration.attributes },
        capacityProviderName,
    };
    cloud.ecs.containerInstances.set(host.arn, host);
    cloud.ecs.changed(host.clusterArn);
    return host;
}

/** The agent of an instance is gone, its host stays registered; what ran there has ended. */
export function disconnectInstance(cloud: Parts, instanceId: string, what: "rebooted" | "stopped"): void {
    for (const host of hostsOfInstance(cloud, instanceId)) {
        host.agentConnected = false;
        endTasks(cloud, host, `Host EC2 (instance ${instanceId}) ${what}.`);
    }
}

/**
 * ECS deregisters a host whose agent is connected when its instance is terminated. "Stopped container instances
 * or instances with disconnected agents aren't automatically deregistered when terminated".
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html
 */
export function deregisterInstance(cloud: Parts, instanceId: string): void {
    for (const host of hostsOfInstance(cloud, instanceId).filter(({ agentConnected }) => agentConnected)) {
        removeHost(cloud, host, `Host EC2 (instance ${instanceId}) terminated.`);
    }
}

/** The hosts that an instance is registered as: one, unless somebody moved it between clusters. */
function hostsOfInstance({ ecs }: Parts, ec2InstanceId: string): ContainerInstanceRecord[] {
    return [...ecs.containerInstances.values()].filter((host) => host.ec2InstanceId === ec2InstanceId);
}

/** The host is registered no more; what ran there has ended. */
export function removeHost(cloud: Parts, host: ContainerInstanceRecord, reason: string): void {
    cloud.ecs.containerInstances.delete(host.arn);
    endTasks(cloud, host, reason);
}

function endTasks({ ecs }: Parts, { arn, clusterArn }: ContainerInstanceRecord, reason: string): void {
    for (const task of ecs.tasksOn(arn)) {
        endTask(task, reason);
    }
    ecs.changed(clusterArn);
}

/** The capacity provider, associated with the cluster, whose group the instance belongs to. */
async function capacityProviderOf(
    cloud: Parts,
    region: string,
    { capacityProviders = [] }: Cluster,
    instanceId: string,
): Promise<string | undefined> {
    const groupName = await groupOfInstance(cloud, region, instanceId);
    if (groupName === undefined || capacityProviders.length === 0) {
        return undefined;
    }
    const [group, providers] = await Promise.all([
        findGroup(cloud, region, groupName),
        describeCapacityProviders(cloud, region, capacityProviders),
    ]);
    return providers.find(
        ({ autoScalingGroupProvider }) =>
            autoScalingGroupProvider?.autoScalingGroupArn === group?.AutoScalingGroupARN,
    )?.name;
}

/** What an agent finds on an instance of a type, before it holds anything back. */
export async function resourcesOfType(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    instanceType: string,
): Promise<Resources> {
    const { InstanceTypes: types } = await moto
        .ec2(region)
        .describeInstanceTypes({ InstanceTypes: [instanceType as _InstanceType] });
    const type = types?.[0];
    return {
        cpuUnits: 1024 * (type?.VCpuInfo?.DefaultVCpus ?? 1),
        memoryMiB: Math.floor(visibleMemory * (type?.MemoryInfo?.SizeInMiB ?? 1024)),
        ports: [],
    };
}

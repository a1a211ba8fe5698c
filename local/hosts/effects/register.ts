import type { Cluster, Tag } from "@aws-sdk/client-ecs";
import type { _InstanceType } from "@aws-sdk/client-ec2";
import type { RegistryParts } from "../../cloud/cloud";
import { clusterOfArn } from "../../cloud/ecs/names";
import type { Resources } from "../../cloud/ecs/records";
import { registerHost } from "../../cloud/ecs/registration";
import type { RegisteredDecision } from "../decide/decision";

/** Ports that the agent keeps for itself. Source: amazon-ecs-agent, ECS_RESERVED_PORTS. */
const reservedPorts = [22, 2375, 2376, 51678, 51679];
/** What docker sees of an instance's memory: the kernel keeps a part. */
const visibleMemory = 0.96;

/** Registers a host with its cluster, as its agent would. */
export async function register(
    cloud: RegistryParts,
    region: string,
    instanceId: string,
    instanceType: string,
    decision: RegisteredDecision,
): Promise<void> {
    const resources = await resourcesOf(cloud, region, instanceType);
    const clusterArn = await clusterArnOf(cloud, region, decision);
    const record = await registerHost(cloud, clusterOfArn(clusterArn), {
        ec2InstanceId: instanceId,
        agentVersion: decision.agentVersion,
        dockerVersion: decision.dockerVersion,
        attributes: new Map(Object.entries(decision.attributes)),
        tags: Object.entries(decision.tags).map(([key, value]): Tag => ({ key, value })),
        resources,
    });
    record.agentConnected = decision.connected;
}

async function clusterArnOf(
    cloud: RegistryParts,
    region: string,
    decision: RegisteredDecision,
): Promise<string> {
    const name = decision.clusterName;
    if (decision.createsCluster) {
        const { cluster } = await cloud.moto.ecs<{ cluster: Cluster }>(region, "CreateCluster", {
            clusterName: name,
        });
        return cluster.clusterArn ?? "";
    }
    const { clusters } = await cloud.moto.ecs<{ clusters?: Cluster[] }>(region, "DescribeClusters", {
        clusters: [name],
    });
    return clusters?.[0]?.clusterArn ?? "";
}

async function resourcesOf(cloud: RegistryParts, region: string, instanceType: string): Promise<Resources> {
    const { InstanceTypes: types } = await cloud.moto
        .ec2(region)
        .describeInstanceTypes({ InstanceTypes: [instanceType as _InstanceType] });
    const type = types?.[0];
    return {
        cpuUnits: 1024 * (type?.VCpuInfo?.DefaultVCpus ?? 1),
        memoryMiB: Math.floor(visibleMemory * (type?.MemoryInfo?.SizeInMiB ?? 1024)),
        ports: reservedPorts,
    };
}

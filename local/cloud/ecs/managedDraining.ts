import type { Cloud } from "../cloud";
import { describeCapacityProviders } from "./inputs";
import type { ContainerInstanceRecord } from "./state";

/**
 * A group's hosts with tasks are drained before they are terminated, where their capacity provider has managed draining.
 * AWS waits up to 48 hours for tasks that no service moves; here there is no limit.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
 * @returns the instances that can be terminated at once
 */
export async function drainFirst(
    cloud: Cloud,
    region: string,
    instanceIds: readonly string[],
): Promise<readonly string[]> {
    const draining: ContainerInstanceRecord[] = [];
    for (const host of cloud.ecs.containerInstances.values()) {
        const leaves = host.ec2InstanceId !== undefined && instanceIds.includes(host.ec2InstanceId);
        const isBusy = host.agentConnected && cloud.ecs.tasksOn(host.arn).length > 0;
        if (leaves && isBusy && (await hasManagedDraining(cloud, region, host))) {
            draining.push(host);
        }
    }
    for (const host of draining) {
        host.status = "DRAINING";
        host.leavesGroup = true;
    }
    for (const clusterArn of new Set(draining.map((host) => host.clusterArn))) {
        cloud.ecs.changed(clusterArn);
    }
    return instanceIds.filter((id) => !draining.some(({ ec2InstanceId }) => ec2InstanceId === id));
}

/** Whether an instance is on its way out of its group, which counts it no more. */
export function isLeaving({ ecs }: Pick<Cloud, "ecs">, instanceId: string): boolean {
    return [...ecs.containerInstances.values()].some(
        ({ ec2InstanceId, leavesGroup }) => leavesGroup && ec2InstanceId === instanceId,
    );
}

async function hasManagedDraining(
    cloud: Cloud,
    region: string,
    { capacityProviderName }: ContainerInstanceRecord,
): Promise<boolean> {
    if (capacityProviderName === undefined) {
        return false;
    }
    const [provider] = await describeCapacityProviders(cloud, region, [capacityProviderName]);
    return provider?.autoScalingGroupProvider?.managedDraining === "ENABLED";
}

import type { CapacityProvider } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { describeCapacityProviders } from "./inputs";
import { shortName } from "./names";
import type { ContainerInstanceRecord } from "./state";

/**
 * The lifecycle hook that ECS adds to the group of a capacity provider with managed draining. Its name is in the developer
 * guide, under "Configuring Amazon ECS capacity providers to safely shut down instances"; that it comes with the provider, and
 * not with the cluster's use of it, is unverified.
 */
const hookName = "ecs-managed-draining-termination-hook";

/**
 * How long the hook holds a member that nobody sees to, and what happens then. Not in AWS's documents: several people report
 * these figures of their accounts, and that the hook outlives its capacity provider.
 */
const hookDefaults = { HeartbeatTimeout: 3600, DefaultResult: "CONTINUE" };

/** How long ECS waits for tasks: "up to 48 hours". Source: see `drainFirst`. */
const longestDrainSeconds = 48 * 3600;

type Parts = Pick<Cloud, "moto">;

/** Adds the hook to the provider's group, or takes it away, as its managed draining says. */
export async function setDrainingHook(
    { moto }: Parts,
    region: string,
    { autoScalingGroupProvider: provider }: CapacityProvider,
): Promise<void> {
    const hook = {
        AutoScalingGroupName: shortName(provider?.autoScalingGroupArn),
        LifecycleHookName: hookName,
    };
    if (provider?.managedDraining === "ENABLED") {
        const LifecycleTransition = "autoscaling:EC2_INSTANCE_TERMINATING";
        await moto.autoScaling(region).putLifecycleHook({ ...hook, ...hookDefaults, LifecycleTransition });
    } else {
        await moto.autoScaling(region).deleteLifecycleHook(hook);
    }
}

/** Members that their group terminates. */
interface Leaving {
    readonly region: string;
    readonly groupName: string;
    readonly instanceIds: readonly string[];
    /** Ends what a member waited for: it goes. */
    readonly end: (instanceId: string) => Promise<void>;
}

/**
 * Members that their group terminates wait in `Terminating:Wait` where it has the hook of managed draining: ECS drains those
 * with tasks, and completes the action when the last one has stopped, at the latest after 48 hours. Where the capacity
 * provider is gone and its hook is not, nobody completes it, and it ends by its own timeout.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
 * @returns the instances that can be terminated at once
 */
export async function drainFirst(cloud: Cloud, leaving: Leaving): Promise<readonly string[]> {
    const { region, groupName, instanceIds } = leaving;
    const hook = { AutoScalingGroupName: groupName, LifecycleHookNames: [hookName] };
    const { LifecycleHooks: hooks } = await cloud.moto.autoScaling(region).describeLifecycleHooks(hook);
    const timeoutSeconds = hooks?.[0]?.HeartbeatTimeout;
    if (timeoutSeconds === undefined || instanceIds.length === 0) {
        return instanceIds;
    }
    const isSeenTo = await hasManagedDraining(cloud, region, groupName);
    const draining = busyHosts(cloud, instanceIds);
    const held = isSeenTo ? draining.flatMap(({ ec2InstanceId: id }) => id ?? []) : instanceIds;
    for (const InstanceId of held) {
        // moto's way into `Terminating:Wait`.
        await cloud.moto.autoScaling(region).recordLifecycleActionHeartbeat({
            AutoScalingGroupName: groupName,
            LifecycleHookName: hookName,
            InstanceId,
        });
        cloud.timers.after(isSeenTo ? longestDrainSeconds : timeoutSeconds, () => leaving.end(InstanceId));
    }
    if (isSeenTo) {
        drain(cloud, draining);
    }
    return instanceIds.filter((id) => !held.includes(id));
}

function drain({ ecs }: Pick<Cloud, "ecs">, hosts: readonly ContainerInstanceRecord[]): void {
    for (const host of hosts) {
        host.status = "DRAINING";
        host.leavesGroup = true;
    }
    for (const clusterArn of new Set(hosts.map((host) => host.clusterArn))) {
        ecs.changed(clusterArn);
    }
}

function busyHosts(
    { ecs }: Pick<Cloud, "ecs">,
    instanceIds: readonly string[],
): readonly ContainerInstanceRecord[] {
    return [...ecs.containerInstances.values()].filter(
        ({ arn, ec2InstanceId, agentConnected }) =>
            ec2InstanceId !== undefined &&
            instanceIds.includes(ec2InstanceId) &&
            agentConnected &&
            ecs.tasksOn(arn).length > 0,
    );
}

async function hasManagedDraining(cloud: Parts, region: string, groupName: string): Promise<boolean> {
    const providers = await describeCapacityProviders(cloud, region);
    return providers.some(
        ({ status, autoScalingGroupProvider: provider }) =>
            status === "ACTIVE" &&
            shortName(provider?.autoScalingGroupArn) === groupName &&
            provider?.managedDraining === "ENABLED",
    );
}

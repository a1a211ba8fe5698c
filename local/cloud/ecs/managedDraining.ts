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
export const drainingHook = "ecs-managed-draining-termination-hook";

/**
 * How long the hook holds a member that nobody sees to, and what happens then. Not in AWS's documents: several people report
 * these figures of their accounts, and that the hook outlives its capacity provider.
 */
const hookDefaults = { HeartbeatTimeout: 3600, DefaultResult: "CONTINUE" };

/** How long ECS waits for tasks: "up to 48 hours". Source: see `drainingHold`. */
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
        LifecycleHookName: drainingHook,
    };
    if (provider?.managedDraining === "ENABLED") {
        const LifecycleTransition = "autoscaling:EC2_INSTANCE_TERMINATING";
        await moto.autoScaling(region).putLifecycleHook({ ...hook, ...hookDefaults, LifecycleTransition });
    } else {
        await moto.autoScaling(region).deleteLifecycleHook(hook);
    }
}

/**
 * Of members that their group terminates, the hook of managed draining holds up those with tasks: ECS drains them, and
 * completes the action when the last one has stopped, at the latest after 48 hours. Where the capacity provider is gone
 * and its hook is not, nobody sees to it: it holds all of them up for as long as any other hook.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
 * @returns nothing where nobody sees to the hook
 */
export async function drainingHold(
    cloud: Cloud,
    region: string,
    groupName: string,
    instanceIds: readonly string[],
): Promise<Hold | undefined> {
    if (!(await hasManagedDraining(cloud, region, groupName))) {
        return undefined;
    }
    const hosts = busyHosts(cloud, instanceIds);
    return {
        instanceIds: hosts.flatMap(({ ec2InstanceId: id }) => id ?? []),
        timeoutSeconds: longestDrainSeconds,
        begin: () => drain(cloud, hosts),
    };
}

/** Members that a lifecycle hook holds up. */
export interface Hold {
    readonly instanceIds: readonly string[];
    readonly timeoutSeconds: number;
    /** What happens once they wait. @default - nothing */
    readonly begin?: () => void;
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

import type { LifecycleHook } from "@aws-sdk/client-auto-scaling";
import type { Cloud } from "../cloud";
import { drainingHold, drainingHook } from "../ecs/managedDraining";
import type { Hold } from "../ecs/managedDraining";
import { terminateMembers } from "./terminate";

const terminating = "autoscaling:EC2_INSTANCE_TERMINATING";

/**
 * Lets members that their group terminates wait in `Terminating:Wait` for its lifecycle hooks, until each of these is completed or
 * its timeout is over.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
 * @returns those that no hook holds up
 */
export async function holdUp(
    cloud: Cloud,
    region: string,
    groupName: string,
    instanceIds: readonly string[],
): Promise<readonly string[]> {
    const client = cloud.moto.autoScaling(region);
    const group = { AutoScalingGroupName: groupName };
    const { LifecycleHooks: hooks = [] } = await client.describeLifecycleHooks(group);
    const held = new Set<string>();
    for (const hook of hooks.filter(({ LifecycleTransition }) => LifecycleTransition === terminating)) {
        const { LifecycleHookName: name = "" } = hook;
        const hold = await holdOf(cloud, region, groupName, instanceIds, hook);
        for (const InstanceId of hold.instanceIds) {
            held.add(InstanceId);
            const open = cloud.lifecycleActions.get(InstanceId) ?? new Set();
            cloud.lifecycleActions.set(InstanceId, open.add(name));
            // moto's way into `Terminating:Wait`.
            await client.recordLifecycleActionHeartbeat({ ...group, LifecycleHookName: name, InstanceId });
            cloud.timers.after(hold.timeoutSeconds, () =>
                endAction(cloud, region, InstanceId, name, hook.DefaultResult),
            );
        }
        hold.begin?.();
    }
    return instanceIds.filter((id) => !held.has(id));
}

async function holdOf(
    cloud: Cloud,
    region: string,
    groupName: string,
    instanceIds: readonly string[],
    { LifecycleHookName, HeartbeatTimeout: timeoutSeconds = 3600 }: LifecycleHook,
): Promise<Hold> {
    const ofEcs =
        LifecycleHookName === drainingHook
            ? await drainingHold(cloud, region, groupName, instanceIds)
            : undefined;
    return ofEcs ?? { instanceIds, timeoutSeconds };
}

/**
 * Ends what a member waited for by one hook; it goes when it was the last one. An action that is abandoned ends the others too,
 * while one that continues leaves them. Source: see `holdUp`
 */
export async function endAction(
    cloud: Cloud,
    region: string,
    instanceId: string,
    hookName: string,
    result = "CONTINUE",
): Promise<void> {
    const open = cloud.lifecycleActions.get(instanceId);
    if (open?.delete(hookName) === true && (open.size === 0 || result === "ABANDON")) {
        await terminateMembers(cloud, region, [instanceId]);
    }
}

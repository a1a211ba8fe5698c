import { isOfOlderVersion } from "../hosts/launchTemplates";
import type { SeenCluster } from "../hosts/readPlan";
import type { Host } from "../ports/aws";

/**
 * Which hosts of a group go where it gets smaller: first those that take no tasks, then those of an older launch template, then
 * those with the fewest tasks. The group itself would not look at tasks
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html).
 * @returns their ids; none where it does not get smaller
 */
export function chooseLeaving(
    { group, hosts, tasks }: Pick<SeenCluster, "group" | "hosts" | "tasks">,
    count: number,
): readonly string[] {
    const uncounted = new Set(group?.uncountedInstanceIds);
    const members = hosts.filter(
        ({ instanceId }) => group?.instanceIds.includes(instanceId) === true && !uncounted.has(instanceId),
    );
    const tasksOn = ({ containerInstance }: Host): number =>
        tasks.filter(({ containerInstanceArn }) => containerInstanceArn === containerInstance?.arn).length;
    const rank = (host: Host): readonly number[] => [
        host.containerInstance?.agentConnected === true ? 1 : 0,
        isOfOlderVersion(host) ? 0 : 1,
        host.containerInstance === undefined ? 0 : tasksOn(host),
    ];
    const inOrder = [...members].sort((one, other) => compare(rank(one), rank(other)));
    // Not what the group wants: those that it cannot launch are no reason to take those away that run.
    return inOrder.slice(0, Math.max(0, members.length - count)).map(({ instanceId }) => instanceId);
}

function compare(one: readonly number[], other: readonly number[]): number {
    const index = one.findIndex((value, at) => value !== other[at]);
    return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

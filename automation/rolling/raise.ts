import { proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { daemonTest } from "../hosts/tasks";
import type { Progress } from "../ports/io";
import type { ScalingGroup } from "../ports/scalingServices";

/** A group that was made larger for successors. */
export interface Raise {
    readonly group: string;
    /** How many hosts larger. */
    readonly count: number;
    /** Ids of the hosts that it had before. */
    readonly members: readonly string[];
}

/**
 * Has a group start successors beside the hosts that they replace. The group is read directly before: what it has grown by
 * itself since the plan was made counts, and what it has shrunk is not taken back.
 * @param planned the group as the batch was planned by
 * @returns undefined where it was not made larger
 */
export async function raiseGroup(
    { aws, owner }: Pick<Target, "aws" | "owner">,
    { name, desired: planned }: Pick<ScalingGroup, "name" | "desired">,
    count: number,
    progress: Pick<Progress, "note">,
): Promise<Raise | undefined> {
    const group = await readGroup({ aws, owner }, name);
    if (group === undefined) {
        return undefined;
    }
    const wanted = Math.min(Math.min(planned, group.desired) + count, group.max);
    const more = wanted - group.desired;
    if (more <= 0) {
        return undefined;
    }
    // Least and most belong to people and to the engine.
    await aws.autoScaling.resize(name, { desired: wanted });
    progress.note(`group ${name} has ${wanted} hosts for now, ${more} more than before`);
    return { group: name, count: more, members: group.instanceIds };
}

/**
 * Takes back what a group was made larger by, as far as its new hosts run no tasks: these leave it and are terminated. By its
 * size alone the group would choose which go, and begins with those of the oldest launch template
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html).
 * @param gone how many of the hosts that were to be replaced have left the group
 * @returns how many hosts larger the group stays
 */
export async function lowerGroup(
    target: Pick<Target, "aws" | "owner" | "clusterName">,
    { group: name, count, members }: Raise,
    gone: number,
    progress: Pick<Progress, "note">,
): Promise<number> {
    const { aws } = target;
    const group = await readGroup(target, name);
    const surplus = Math.min(count - gone, (group?.desired ?? 0) - (group?.min ?? 0));
    const successors = group?.instanceIds.filter((id) => !members.includes(id)) ?? [];
    if (surplus <= 0 || successors.length === 0) {
        return Math.max(0, count - gone);
    }
    const idle = (await closeIdle(target, successors)).slice(0, surplus);
    for (const id of idle) {
        await aws.autoScaling.detachInstances(name, [id]);
        await aws.ec2.remove(id);
        progress.note(`host ${id}, which was to be a successor, leaves group ${name} and is terminated`);
    }
    return count - gone - idle.length;
}

/** Those of these hosts that run no tasks but daemons; ECS places none there from now on. */
async function closeIdle(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    ids: readonly string[],
): Promise<readonly string[]> {
    const [registered, services] = await Promise.all([
        aws.ecs.containerInstances(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const isDaemonTask = daemonTest(services);
    const own = registered.filter(({ instanceId }) => ids.includes(instanceId));
    const busyOf = async (): Promise<ReadonlySet<string | undefined>> => {
        const tasks = (await aws.ecs.tasks(clusterName)).filter((task) => !isDaemonTask(task));
        return new Set(tasks.map(({ containerInstanceArn }) => containerInstanceArn));
    };
    const before = await busyOf();
    const closed = own
        .filter(({ arn, status }) => !before.has(arn) && status === "ACTIVE")
        .map(({ arn }) => arn);
    if (closed.length > 0) {
        await aws.ecs.drain(clusterName, closed);
    }
    // Tasks may have come between the look and the draining.
    const after = await busyOf();
    const reopened = closed.filter((arn) => after.has(arn));
    if (reopened.length > 0) {
        await aws.ecs.activate(clusterName, reopened);
    }
    const isBusy = (id: string): boolean =>
        own.some(({ instanceId, arn }) => instanceId === id && after.has(arn));
    return ids.filter((id) => !isBusy(id));
}

async function readGroup(
    { aws, owner }: Pick<Target, "aws" | "owner">,
    name: string,
): Promise<ScalingGroup | undefined> {
    return (await aws.autoScaling.groups(proofOf(owner))).find((one) => one.name === name);
}

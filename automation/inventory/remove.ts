import type { EvidenceItem } from "../../components/model/evidence";
import type { OpenTarget, Target } from "../environment/target";
import { isRefusedByAws } from "../errors/appError";
import { protectedInstances } from "../errors/instanceProtection";
import { isGone } from "../hosts/find";
import { pollUntil } from "../hosts/poll";
import { startHosts } from "../hosts/startStop";
import type { Progress } from "../ports/io";
import { findDrift, hasProof, type Drift } from "./drift";
import { addedTypes, repositoryType, serviceTypes, toItem, type Found } from "./found";
import { untaggedTypes } from "./untagged";

/**
 * Begins to remove things that carry the environment's id.
 * @returns the same, with AWS's reason where it refused; what goes by and by is `leaving`
 */
export async function removeFound(
    target: Pick<Target, "aws" | "owner">,
    found: readonly Found[],
    progress: Pick<Progress, "note">,
): Promise<readonly Found[]> {
    const results: Found[] = [];
    for (const item of [...found].sort((one, other) => rank(one) - rank(other))) {
        const remove = removers[rank(item)]?.[1];
        if (!hasProof(target) || item.reason !== undefined || item.leaving || remove === undefined) {
            results.push(item);
            continue;
        }
        try {
            await remove(target.aws, item.id);
            progress.note(`${item.type} ${item.id}: not in the state, removed`);
            results.push({ ...item, leaving: true, reason: removedReason });
        } catch (error) {
            if (!isRefusedByAws(error)) {
                throw error;
            }
            // Somebody who may not, or who has protected it, has to be told at once; what is in the way may go.
            const leaving = error.code === "AWS_FAILED" && protectedInstances(error.message).length === 0;
            results.push({ ...item, leaving, reason: error.message });
        }
    }
    return results;
}

const removedReason = "it was not in the state";

/** Whether the removal of a thing has been begun here. */
export function isRemoved({ reason }: Pick<Found, "reason">): boolean {
    return reason === removedReason;
}

type Remove = (aws: Target["aws"], id: string) => Promise<void>;

/** @param id `<group>/<name>` */
async function removeSchedule(aws: Target["aws"], id: string): Promise<void> {
    const [group = "", name = ""] = id.split("/");
    await aws.scheduler.removeSchedule(group, name);
}

const ofEc2: Remove = (aws, id) => aws.ec2.remove(id);

/** In the order that works, for what stands in the way of something else comes first. */
const removers: readonly (readonly [type: string, remove: Remove])[] = [
    [serviceTypes.loadBalancer, (aws, id) => aws.loadBalancing.remove(id)],
    [serviceTypes.targetGroup, (aws, id) => aws.loadBalancing.remove(id)],
    [serviceTypes.taskDefinition, (aws, id) => aws.ecs.removeTaskDefinition(id)],
    ["autoscaling:group", (aws, id) => aws.autoScaling.remove(id)],
    ["ec2:instance", ofEc2],
    ["ecs:capacity-provider", (aws, id) => aws.ecs.removeCapacityProvider(id)],
    ["ecs:cluster", (aws, id) => aws.ecs.removeCluster(id)],
    ["ec2:launch-template", ofEc2],
    ["ec2:volume", ofEc2],
    [untaggedTypes.route, ofEc2],
    [untaggedTypes.association, ofEc2],
    ["ec2:natgateway", ofEc2],
    ["ec2:vpc-endpoint", ofEc2],
    ["ec2:elastic-ip", ofEc2],
    ["ec2:network-interface", ofEc2],
    ["ec2:security-group-rule", ofEc2],
    ["ec2:security-group", ofEc2],
    ["ec2:internet-gateway", ofEc2],
    ["ec2:subnet", ofEc2],
    ["ec2:route-table", ofEc2],
    ["ec2:vpc", ofEc2],
    [untaggedTypes.schedule, removeSchedule],
    ["scheduler:schedule-group", (aws, id) => aws.scheduler.removeGroup(id)],
    [repositoryType, (aws, id) => aws.ecr.removeRepository(id)],
    [addedTypes.namespace, (aws, id) => aws.cloudMap.remove(id)],
    [addedTypes.logGroup, (aws, id) => aws.logs.remove(id)],
    ["iam:instance-profile", (aws, id) => aws.iam.removeInstanceProfile(id)],
    ["iam:role", (aws, id) => aws.iam.removeRole(id)],
];

/** Place among the removers, or -1. */
function rank({ type }: Found): number {
    return removers.findIndex(([of]) => of === type);
}

/** How long a host or a NAT gateway takes to go. */
const longestDeletionMilliseconds = 300_000;

/**
 * Removes what the state does not know and the engine would wait for in vain, before it begins, and waits until it is gone: hosts
 * and groups hold such things as their security group, an association its route table, an endpoint its routes, and a NAT gateway
 * its address, which EC2 releases only once the gateway is deleted.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
 */
export async function removeHoldingStrays(
    target: Target,
    strays: readonly Found[],
    progress: Progress,
): Promise<readonly EvidenceItem[]> {
    const { aws, clock, signal } = target;
    const holding = strays.filter(isHolding);
    if (holding.length === 0) {
        return [];
    }
    progress.phase("removing what is not in the state");
    const removed = (await removeFound(target, holding, progress)).filter(isRemoved);
    const ids = removed.filter(({ type }) => type === "ec2:instance").map(({ id }) => id);
    const slow = removed.filter(({ type }) => slowTypes.includes(type)).map(({ id }) => id);
    const deadline = clock.now().getTime() + longestDeletionMilliseconds;
    await pollUntil(clock, { deadline, signal }, async () => {
        const [hosts, others] = await Promise.all([
            aws.ec2.instancesById(ids),
            slow.length === 0 ? [] : aws.ec2.existing(slow),
        ]);
        const there = hosts.filter((one) => !isGone(one));
        progress.status([
            ...there.map(({ instanceId, state }) => `${instanceId}: ${state}`),
            ...others.map(({ id }) => `${id}: on its way out`),
        ]);
        return there.length + others.length === 0;
    });
    return removed.map(toItem);
}

/**
 * Sets right beside the engine, and before it, what it does not see: starts hosts that somebody stopped, and removes
 * what is not in the state, whose names would be in its way.
 */
export async function repair(
    target: Target & Pick<OpenTarget, "stack">,
    { strays, stopped }: Drift,
    progress: Progress,
): Promise<void> {
    if (strays.length + stopped.length === 0) {
        return;
    }
    progress.phase("checking lock and passphrase");
    await target.stack.requireWorkable("up", progress);
    if (stopped.length > 0) {
        await startHosts(target, stopped, progress);
    }
    await removeStrays(target, strays, progress);
}

/** What the engine makes twice when it asks AWS twice: it has no name that only one may have, and no token of the engine's. */
const doubled: readonly string[] = [
    "ec2:elastic-ip",
    "ec2:internet-gateway",
    "ec2:natgateway",
    "ec2:route-table",
    "ec2:vpc",
    "ec2:vpc-endpoint",
];

/**
 * Removes what the engine has made twice: where AWS's answer to a call was lost, the engine asks again, and records the second
 * thing alone.
 * @param target as the state has it after the run
 */
export async function removeTwins(target: Target, progress: Progress): Promise<void> {
    const { strays } = await findDrift(target, [], () => undefined);
    const twins = strays.filter(({ type }) => doubled.includes(type));
    await removeStrays(target, twins, progress);
}

/** What holds others first. */
async function removeStrays(target: Target, strays: readonly Found[], progress: Progress): Promise<void> {
    await removeHoldingStrays(target, strays, progress);
    const others = strays.filter((one) => !isHolding(one));
    for (const { type, id, reason, leaving } of await removeFound(target, others, progress)) {
        if (reason !== undefined && !(leaving && isRemoved({ reason }))) {
            progress.note(`warning: ${type} ${id} is not in the state and does not go: ${reason}`);
        }
    }
}

/** Types of EC2's that hold others until they are gone, which takes its time. */
const slowTypes: readonly string[] = ["ec2:natgateway", "ec2:vpc-endpoint"];

function isHolding({ type }: Found): boolean {
    return ["ec2:instance", "autoscaling:group", untaggedTypes.association, ...slowTypes].includes(type);
}

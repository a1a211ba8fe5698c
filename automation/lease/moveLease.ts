import { command, type Line } from "../../components/model/commandLine";
import { leaseTags, scheduleState, type Lease, type ScheduleTime } from "../../components/model/lease";
import { mayBeNamedFor } from "../../components/model/names";
import { proofOf } from "../../components/model/tags";
import { requireStack, requireUp, type OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Progress } from "../ports/io";
import { findLease } from "./lease";
import { usualExtension } from "./leaseTerms";

/** A lease that stands, and that can be moved. */
export interface StandingLease extends Lease {
    /** Nobody knows its end. */
    readonly isUnreadable: boolean;
    /** Of the cluster whose tags tell of it. */
    readonly clusterArn: string;
    /** By AWS's clock. */
    readonly now: Date;
}

/**
 * The lease of an environment, for a verb that is to change it.
 * @throws AppError ENVIRONMENT_NOT_FOUND, AWS_ACCOUNT_MISMATCH, NO_LEASE, or CLUSTER_NOT_FOUND where nothing is up, or there
 * is no cluster to write it on
 */
export async function requireLease(target: OpenTarget): Promise<StandingLease> {
    const { environment, stack, aws } = target;
    requireStack(stack);
    const [lease, now] = await Promise.all([findLease(target), aws.identity.time()]);
    if (lease.kind === "none") {
        // Of a first update that ended early nobody knows yet what its settings say.
        requireUp(stack);
        throw new AppError("NO_LEASE", {
            message: `${environment} has no lease: it stays until it is destroyed`,
            hint: giveEnd(target, usualExtension(target)),
        });
    }
    if (lease.clusterArn === undefined) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `${environment} has no cluster in AWS, whose tags tell of its lease`,
            hint: command("up", environment),
        });
    }
    const { owner, clusterArn } = lease;
    if (lease.kind === "unreadable") {
        return { owner, clusterArn, isUnreadable: true, now };
    }
    return { owner, clusterArn, expiresAt: lease.expiresAt, isUnreadable: false, now };
}

/** How an environment that stays gets an end. */
export function giveEnd({ environment, file }: OpenTarget, ttl: string): Line {
    return file.basedOn === undefined
        ? `set lease.ttl in ${file.name}, where the environment's settings are, and bring it up again`
        : command("up", environment, "--ttl", ttl);
}

/**
 * Gives a lease another end, or none: in the schedules that stop its hosts, in the tags of the cluster and, by a refresh of
 * the two, in the state. The schedules come first, so that the same command says the same again when this one ends half way.
 * @throws AppError LOCKED and its like before anything is changed
 */
export async function moveLease(
    target: OpenTarget,
    lease: StandingLease,
    { verb, expiresAt, graceSeconds }: NewEnd,
    progress: Progress,
): Promise<void> {
    const { stack } = target;
    progress.phase("checking lock and passphrase");
    await stack.requireWorkable(verb, progress);
    progress.phase("moving the end");
    const { clusterArn, owner } = lease;
    await moveSchedules(target, scheduleState(expiresAt, graceSeconds), expiresAt);
    await target.aws.ecs.tagCluster(clusterArn, leaseTags({ owner, expiresAt }));
    progress.phase("updating the state");
    try {
        await stack.refresh({ targets: leaseTargets, observer: progress });
    } catch (error) {
        if (!(error instanceof AppError) || error.code === "INTERRUPTED") {
            throw error;
        }
        // The tags count, and the next update reads them: with an error this would be done again, and twice.
        progress.note(`warning: the state will learn of it by the next update: ${error.message}`);
    }
}

/** What a lease is moved to. */
interface NewEnd {
    /** Who moves it. */
    readonly verb: "extend" | "keep";
    readonly expiresAt: Date | undefined;
    readonly graceSeconds: number;
}

async function moveSchedules(
    { aws, owner, environment }: OpenTarget,
    when: ScheduleTime,
    end: Date | undefined,
): Promise<void> {
    const groups = await aws.scheduler.groups(proofOf(owner), (name) => mayBeNamedFor(name, environment));
    for (const { name } of groups) {
        await aws.scheduler.moveSchedules(name, when, end);
    }
}

/** URNs of what tells of a lease (https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/: `--target`, with wildcards). */
const leaseTargets = ["**aws:ecs/cluster:Cluster::**", "**aws:scheduler/schedule:Schedule::**"];

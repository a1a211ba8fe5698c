import { command } from "../../components/model/commandLine";
import { instant, leaseTags, scheduleState, type Lease } from "../../components/model/lease";
import { mayBeNamedFor } from "../../components/model/names";
import { proofOf, tagKeys } from "../../components/model/tags";
import { requireStack, type OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Progress } from "../ports/io";
import { findLease } from "./lease";

/** A lease that stands, and that can be moved. */
export interface StandingLease extends Partial<Lease> {
    readonly owner: string;
    /** Somebody has changed or removed the tags that tell of it, so that nobody knows its end. */
    readonly isUnreadable: boolean;
    /** Of the cluster whose tags tell of it. */
    readonly clusterArn: string;
}

/**
 * The lease of an environment, for a verb that is to change it.
 * @throws AppError ENVIRONMENT_NOT_FOUND, NO_LEASE, LEASE_ENDED, or CLUSTER_NOT_FOUND before its first update is through
 */
export async function requireLease(target: OpenTarget): Promise<StandingLease> {
    const { environment, stack } = target;
    requireStack(stack);
    const lease = await findLease(target);
    if (lease.kind === "none") {
        throw new AppError("NO_LEASE", {
            message: `${environment} has no lease: it stays until it is destroyed`,
            hint: command("up", environment, "--ttl", "8h"),
        });
    }
    if (lease.clusterArn === undefined) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `${environment} has no cluster, whose tags tell of its lease`,
            hint: command("up", environment),
        });
    }
    const { owner, clusterArn } = lease;
    if (lease.kind === "unreadable") {
        return { owner, clusterArn, isUnreadable: true };
    }
    if (lease.ending) {
        throw ended(environment);
    }
    return { owner, clusterArn, expiresAt: lease.expiresAt, isUnreadable: false };
}

function ended(environment: string): AppError {
    return new AppError("LEASE_ENDED", {
        message: `${environment} is being destroyed, for its lease is over`,
        hint: command("up", environment),
    });
}

/**
 * Gives a lease another end, or none: in the schedules that stop its hosts, in the tags of the cluster and, by a refresh of
 * the two, in the state. Whoever destroys an environment whose lease is over marks its cluster first and looks at the
 * lease then; here it is written first and the mark looked at then, so that one of the two sees the other.
 * @throws AppError LOCKED and its like before anything is changed; LEASE_ENDED
 */
export async function moveLease(
    target: OpenTarget,
    { clusterArn, owner }: Pick<StandingLease, "clusterArn" | "owner">,
    { expiresAt, graceSeconds }: { readonly expiresAt: Date | undefined; readonly graceSeconds: number },
    progress: Progress,
): Promise<void> {
    const { aws, environment, stack } = target;
    progress.phase("checking lock and passphrase");
    await stack.requireWorkable("up");
    progress.phase("moving the end");
    const groups = await aws.scheduler.groups(proofOf(target.owner), (name) =>
        mayBeNamedFor(name, environment),
    );
    const when = scheduleState(expiresAt, graceSeconds);
    await Promise.all(groups.map(({ name }) => aws.scheduler.moveSchedules(name, when)));
    await aws.ecs.tagCluster(clusterArn, leaseTags({ owner, expiresAt }));
    const cluster = await aws.ecs.cluster(target.clusterName);
    if (cluster?.tags[tagKeys.ending] !== undefined) {
        throw ended(environment);
    }
    progress.phase("updating the state");
    await stack.refresh({ targets: leaseTargets, observer: progress });
}

/** URNs of what tells of a lease (https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/: `--target`, with wildcards). */
const leaseTargets = ["**aws:ecs/cluster:Cluster::**", "**aws:scheduler/schedule:Schedule::**"];

/**
 * Marks the environment as one that goes, unless its lease has been moved since it was found to be over.
 * @throws AppError LEASE_RENEWED
 */
export async function beginEnding(
    target: OpenTarget,
    found: Pick<Lease, "expiresAt"> & { readonly stackId: string | undefined },
    now: Date,
): Promise<void> {
    const { aws, environment } = target;
    const before = await findLease(target);
    const clusterArn = before.kind === "none" ? undefined : before.clusterArn;
    if (clusterArn !== undefined) {
        await aws.ecs.tagCluster(clusterArn, { [tagKeys.ending]: instant(now) });
    }
    const lease = await findLease(target);
    const isSame =
        target.owner.stackId === found.stackId &&
        lease.kind === "lease" &&
        lease.expiresAt?.getTime() === found.expiresAt?.getTime();
    if (!isSame) {
        if (clusterArn !== undefined) {
            await aws.ecs.untagCluster(clusterArn, [tagKeys.ending]);
        }
        throw new AppError("LEASE_RENEWED", {
            message: `${environment} was extended or made anew meanwhile, and stays`,
        });
    }
}

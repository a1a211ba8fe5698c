import { unlessDeleted } from "../../components/model/checks/reads";
import type { EvidenceItem } from "../../components/model/evidence";
import { proofOf } from "../../components/model/tags";
import { dropScaleInProtection } from "../hosts/leaving";
import { isProvenOwn } from "../inventory/drift";
import { formatSeconds } from "../output/durations";
import type { ClusterStatus } from "../ports/aws";
import { findParts, removeParts } from "../services/parts";
import type { ScalingGroup } from "../ports/scalingServices";
import type { Progress } from "../ports/io";
import { longestStop } from "./bounds";
import { detachOthers, removeDaemons, removeScopedCapacity } from "./capacity";
import { isOwned, orWarn, untilAccepted, type CleanUp, type DestroyTarget } from "./cleanUp";
import { endLoans } from "./endLoans";
import { letAttachedLeave, takeOffHostsOfOthers } from "./hostsOfOthers";
import { deregisterSilent, leaveCluster } from "./leaveCluster";
import { ownRunning } from "./ownRunning";
import { findRunning, nothing, removeServices, type Running } from "./services";
import { stopStandaloneTasks } from "./tasks";

export interface EmptyOptions {
    /** How long tasks may take to stop; never less than load balancers and stop timeouts let them. */
    readonly timeoutSeconds: number;
    /** Ids of launch templates that are the environment's own. @default - those in its state */
    readonly templateIds?: ReadonlySet<string>;
}

/**
 * Removes from the cluster what the engine does not know of, in the order of the guide's section "Clean up": services
 * to 0, tasks to 0, services deleted; then what the guide has no word for. What is of others leaves the cluster and the
 * groups, and goes on elsewhere. Idempotent. In a cluster that is not this environment's own, only its own services are removed and its
 * own hosts drained.
 * @returns what went, in the order in which it went
 * @throws AppError CLUSTER_NOT_EMPTY (exit 5) naming what did not go in time
 */
export async function emptyCluster(
    target: DestroyTarget,
    options: EmptyOptions,
    progress: Progress,
): Promise<readonly EvidenceItem[]> {
    const { aws, clusterName } = target;
    const removed: EvidenceItem[] = [];
    const cluster = unlessDeleted(await aws.ecs.cluster(clusterName));
    const isOwn = isOwned(cluster, target);
    const running = cluster === undefined ? nothing : await findRunning(target);
    const ours = isOwn ? running : ownRunning(running, target);
    const cleanUp: CleanUp = {
        ...{ ...target, progress, removed },
        ...(await limitOf(target, options, ours, progress)),
    };
    if (cluster !== undefined) {
        await (isOwn ? emptyOwn(cleanUp, cluster, ours) : leaveOthers(cleanUp, ours));
    }
    await removeServiceParts(cleanUp);
    // Groups outlive a cluster that somebody has deleted by hand, and with them their loans.
    await endLoans(cleanUp);
    await freeInstances(cleanUp, options);
    return removed;
}

/** In a cluster of others no service is touched but what `service deploy` has made there for this environment. */
async function leaveOthers(cleanUp: CleanUp, { services }: Running): Promise<void> {
    await removeServices(cleanUp, services);
    await leaveCluster(cleanUp);
}

async function emptyOwn(cleanUp: CleanUp, { arn }: ClusterStatus, { services }: Running): Promise<void> {
    await removeServices(cleanUp, services);
    await removeDaemons(cleanUp, arn);
    await stopStandaloneTasks(cleanUp);
    await removeScopedCapacity(cleanUp);
    await deregisterSilent(cleanUp);
    await takeOffHostsOfOthers(cleanUp);
    await detachOthers(cleanUp);
}

/**
 * A load balancer stands in subnets, and a rule of it in the hosts' security group, which the engine would not be let delete. Also where
 * the cluster is gone, or is of others.
 */
async function removeServiceParts(cleanUp: CleanUp): Promise<void> {
    await orWarn(cleanUp, "removing the parts of services", async () => {
        const until = (name: string, change: () => Promise<void>): Promise<void> =>
            untilAccepted(cleanUp, name, change);
        const parts = await findParts(cleanUp);
        cleanUp.removed.push(...(await removeParts(cleanUp, parts, until, cleanUp.progress)));
    });
}

/** Until when to wait for tasks, and why that is longer than was asked for. */
async function limitOf(
    target: DestroyTarget,
    { timeoutSeconds: asked }: EmptyOptions,
    { services, tasks }: Running,
    progress: Progress,
): Promise<Pick<CleanUp, "timeoutSeconds" | "deadline">> {
    const needed = await longestStop(target, services, tasks);
    const timeoutSeconds = Math.max(asked, needed.seconds);
    if (needed.reason !== undefined) {
        progress.note(`tasks may take up to ${formatSeconds(needed.seconds)} to stop: ${needed.reason}`);
    }
    return { timeoutSeconds, deadline: target.clock.now().getTime() + timeoutSeconds * 1000 };
}

/** Who may not list groups is warned; but no group is deleted with what could not leave it. */
async function freeInstances(
    cleanUp: CleanUp,
    { templateIds = cleanUp.stateIds }: EmptyOptions,
): Promise<void> {
    let groups: readonly ScalingGroup[] = [];
    await orWarn(cleanUp, "looking into the groups", async () => {
        groups = await cleanUp.aws.autoScaling.groups(proofOf(cleanUp.owner));
    });
    const left = await letAttachedLeave(cleanUp, groups, templateIds);
    await orWarn(cleanUp, "dropping scale-in protection", async () => {
        for (const { name, protectedInstanceIds } of groups.filter((one) => isProvenOwn(cleanUp, one.name))) {
            const ids = protectedInstanceIds.filter((id) => !left.has(id));
            await dropScaleInProtection(cleanUp, { name, protectedInstanceIds: ids }, cleanUp.progress);
        }
    });
}

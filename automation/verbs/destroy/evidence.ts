import { proofOf, tagKeys } from "../../../components/model/tags";
import { AppError } from "../../errors/appError";
import { isGone } from "../../hosts/find";
import type { ContainerInstance } from "../../ports/aws";
import type { Progress } from "../../ports/io";
import type { InTheWay } from "./inTheWay";
import { findTagged, type EvidenceItem, type Found, type OnUnreadable } from "./inventory";
import type { ClusterSurvey, DestroyTarget } from "./survey";

const longestWaitMilliseconds = 120_000;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;

/** The record of a destroy; printed whole by `destroy --output json`. */
export interface Evidence {
    readonly environment: string;
    readonly stack: string;
    readonly accountId: string;
    readonly region: string;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
    /** In the order in which things went. */
    readonly removed: readonly EvidenceItem[];
    /** Outlives the environment because the settings say so, or because a backup made it; `reason` tells which. */
    readonly kept: readonly EvidenceItem[];
    /** Should be gone and is not; any entry makes the exit code 7. */
    readonly left: readonly EvidenceItem[];
    /** What of others uses something of it, so that EC2 does not delete it; missing where nothing does. */
    readonly inTheWay?: readonly EvidenceItem[];
}

/** What a destroy has done so far. */
export interface Removal {
    readonly startedAt: Date;
    /** As it was before anything was removed. */
    readonly survey: ClusterSurvey;
    readonly inTheWay: InTheWay;
    /** What `emptyCluster` answered. */
    readonly removedFromCluster: readonly EvidenceItem[];
    /** What the engine deleted, in its order. */
    readonly deletedByEngine: readonly EvidenceItem[];
}

/**
 * Looks, after the engine, for everything that still carries the environment's tag, and gives what is on its way out
 * two minutes to go. Kept volumes and copies made by backups are listed as kept; anything else that is there is left behind.
 */
export async function gatherEvidence(
    target: DestroyTarget,
    removal: Removal,
    progress: Progress,
): Promise<Evidence> {
    const { aws, clock } = target;
    const { startedAt, removedFromCluster, deletedByEngine } = removal;
    const onUnreadable = createWarner(progress);
    const ghosts = await deregisterGhosts(target, removal.survey, progress, onUnreadable);
    const [caller, found] = await Promise.all([
        aws.identity.caller(),
        findLasting(target, removal, progress, onUnreadable),
    ]);
    const kept = found.filter((item) => item.keep);
    // The engine calls it a deletion when it lets go of a volume that stays.
    const stays = new Set(kept.map(({ id }) => id));
    const removed = [...removedFromCluster, ...deletedByEngine, ...ghosts].filter(({ id }) => !stays.has(id));
    return {
        environment: target.environment,
        stack: target.owner.stack,
        accountId: caller.accountId,
        region: caller.region,
        startedAt: startedAt.toISOString(),
        finishedAt: clock.now().toISOString(),
        removed: [...removed, ...goneWithOthers(removal.survey, [...removed, ...found])],
        kept: kept.map(toItem),
        left: found.filter((item) => !item.keep).map(toItem),
        ...(removal.inTheWay.holders.length > 0 && { inTheWay: removal.inTheWay.holders }),
    };
}

/** What is still there once nothing is on its way out any more, or the time for that is over. */
async function findLasting(
    target: DestroyTarget,
    removal: Removal,
    progress: Progress,
    onUnreadable: OnUnreadable,
): Promise<readonly Found[]> {
    const { clock, signal } = target;
    const deadline = clock.now().getTime() + longestWaitMilliseconds;
    let pause = firstPauseMilliseconds;
    for (;;) {
        const found = await findTagged(target, removal, onUnreadable);
        const leaving = found.filter((item) => item.leaving);
        progress.status(leaving.map((item) => `${item.type} ${item.id}: on its way out`));
        if (leaving.length === 0 || clock.now().getTime() >= deadline) {
            return found;
        }
        await clock.sleep(pause, signal);
        pause = Math.min(Math.ceil(pause * 1.6), longestPauseMilliseconds);
    }
}

/**
 * Deregisters ghosts: container instances of this environment whose EC2 instance is gone. They may be in its own
 * cluster, or in `default`, where an agent registers that found no cluster configured. A caller who may look into no
 * cluster but the own one is warned.
 */
async function deregisterGhosts(
    { aws, owner, clusterName }: DestroyTarget,
    { hosts }: ClusterSurvey,
    progress: Progress,
    onUnreadable: OnUnreadable,
): Promise<readonly EvidenceItem[]> {
    const registeredIn = async (cluster: string): Promise<readonly ContainerInstance[]> => {
        try {
            return await aws.ecs.containerInstances(cluster);
        } catch (error) {
            if (cluster === clusterName) {
                throw error;
            }
            onUnreadable(`hosts in cluster ${cluster}`, error);
            return [];
        }
    };
    const tagged = await aws.ec2.instances(proofOf(owner));
    const ids = new Set([...hosts, ...tagged].map((host) => host.instanceId));
    const present = await aws.ec2.instancesById([...ids]);
    const alive = new Set(present.filter((host) => !isGone(host)).map((host) => host.instanceId));
    const others = hosts.flatMap((host) => host.containerInstance?.clusterName ?? []);
    const removed: EvidenceItem[] = [];
    for (const cluster of new Set([clusterName, "default", ...others])) {
        for (const { instanceId, arn } of await registeredIn(cluster)) {
            if (ids.has(instanceId) && !alive.has(instanceId)) {
                await aws.ecs.deregister(cluster, arn);
                progress.note(`ghost of ${instanceId} in cluster ${cluster}: deregistered`);
                const reason = "its EC2 instance was gone";
                removed.push({ type: "ecs:container-instance", name: instanceId, id: arn, reason });
            }
        }
    }
    return removed;
}

/** Hosts and volumes that nobody deleted by name: a group takes its hosts along, and a host its volumes. */
function goneWithOthers(survey: ClusterSurvey, told: readonly EvidenceItem[]): readonly EvidenceItem[] {
    const known = new Set(told.map((item) => item.id));
    const hosts = survey.hosts.map((host) => ({
        type: "ec2:instance",
        name: host.tags[tagKeys.name] ?? host.instanceId,
        id: host.instanceId,
        reason: "went with its group",
    }));
    const volumes = survey.volumes.map((volume) => ({
        type: "ec2:volume",
        name: volume.name,
        id: volume.volumeId,
        reason: "went with its host",
    }));
    return [...hosts, ...volumes].filter((item) => !known.has(item.id));
}

/** Warns once of what may not be looked for. Errors that are not AWS's answer pass. */
function createWarner(progress: Progress): OnUnreadable {
    const warned = new Set<string>();
    return (what, error) => {
        if (
            !(error instanceof AppError) ||
            (error.code !== "AWS_ACCESS_DENIED" && error.code !== "AWS_FAILED")
        ) {
            throw error;
        }
        if (!warned.has(what)) {
            warned.add(what);
            progress.note(`warning: could not look for ${what}: ${error.message}`);
        }
    };
}

function toItem({ type, name, id, reason }: Found): EvidenceItem {
    return { type, name, id, reason };
}

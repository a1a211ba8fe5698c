import { keyOfItem, type Evidence, type EvidenceItem, type Unseen } from "../../components/model/evidence";
import { proofOf, tagKeys } from "../../components/model/tags";
import { findInstances, isGone } from "../hosts/find";
import { pollUntil } from "../hosts/poll";
import { warnOfUnreadable, type OnUnreadable } from "../inventory/unreadable";
import { findStillLent, lentGroups } from "../inventory/lentItems";
import { findKeptEarlier, foundEarlier } from "../inventory/earlierLives";
import { isRemoved, removeFound } from "../inventory/remove";
import type { Caller, ContainerInstance } from "../ports/aws";
import type { Progress } from "../ports/io";
import { repositoriesInState, repositoryStateType } from "../inventory/repositories";
import { findTagged } from "../inventory/find";
import { repositoryType, toItem, type Found } from "../inventory/found";
import type { InTheWay } from "./inTheWay";
import type { DestroyRecord } from "./record";
import type { DestroyTarget } from "../emptying/cleanUp";
import type { ClusterSurvey } from "./survey";

const longestWaitMilliseconds = 120_000;
const longestPauseMilliseconds = 10_000;

export interface DestroyResult {
    /** There was nothing to destroy, neither in the state nor in AWS. */
    readonly alreadyGone: boolean;
    /** Name of the settings file that went with the environment. */
    readonly removedSettingsFile?: string;
    /** What an `up` has to be told beside its settings to take kept volumes up again, as `path=value`. @default - nothing */
    readonly settingsToTakeUp?: readonly string[];
    readonly evidence: Evidence;
}

/** What a destroy has done so far. */
export interface Removal {
    /** Of the whole, with what was there at first and each step so far. */
    readonly record: Pick<DestroyRecord, "verb" | "startedAt" | "before" | "steps">;
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
    const { record, removedFromCluster, deletedByEngine } = removal;
    const unseen = new Map<string, Unseen>();
    const ghosts = await deregisterGhosts(
        target,
        removal.survey,
        progress,
        warnOfUnreadable(progress, unseen),
    );
    const [caller, { found: own, gone, unseen: unseenAtLast }, stillLent, earlier] = await Promise.all([
        aws.identity.caller(),
        removeLasting(target, removal, progress),
        findStillLent(aws, target.owner, warnOfUnreadable(progress, unseen)),
        findKeptEarlier(target),
    ]);
    // Of an orphan another life may stand.
    const known = new Set(record.before.map(({ id }) => id));
    const found = [...own, ...foundEarlier(earlier).filter(({ id }) => known.has(id))];
    const kept = found.filter((item) => item.keep);
    // The engine calls it a deletion when it lets go of a volume that stays, or of a repository that is removed only afterwards.
    const stays = new Set(kept.map(({ id }) => id));
    const afterwards = new Set(gone.filter(({ type }) => type === repositoryType).map(({ id }) => id));
    const removed = [
        ...removedFromCluster,
        ...deletedByEngine.filter(({ type, id }) => type !== repositoryStateType || !afterwards.has(id)),
        ...ghosts,
        ...gone,
    ].filter(({ id }) => !stays.has(id));
    return concluded(target, caller, {
        verb: record.verb,
        startedAt: record.startedAt.toISOString(),
        finishedAt: clock.now().toISOString(),
        before: record.before,
        steps: record.steps,
        removed: [...removed, ...goneWithOthers(removal.survey, [...removed, ...found])],
        found: [...found, ...stillLent],
        loans: lentGroups(removal.survey.loans),
        unseen: [...unseen.values(), ...unseenAtLast],
        inTheWay: removal.inTheWay.holders,
    });
}

/** What a destroy has done, and what the last look has found. */
interface Outcome extends Pick<
    Evidence,
    "verb" | "startedAt" | "finishedAt" | "before" | "steps" | "removed" | "unseen"
> {
    readonly found: readonly Found[];
    readonly inTheWay: readonly EvidenceItem[];
    /** Groups that were lent to it at first. */
    readonly loans: readonly EvidenceItem[];
}

/** The record of a destroy that came as far as its last look. */
export function concluded(
    { environment, owner: { stack, stackId } }: Pick<DestroyTarget, "environment" | "owner">,
    { accountId, region }: Caller,
    { verb, found, loans, inTheWay, startedAt, finishedAt, before, steps, removed, unseen }: Outcome,
): Evidence {
    const left = found.filter(({ keep }) => !keep).map(toItem);
    const kept = found.filter(({ keep }) => keep).map(toItem);
    // What was asked to go and is there all the same has not gone.
    const there = new Set(left.map(keyOfItem));
    const went = removed.filter((one) => !there.has(keyOfItem(one)));
    return {
        kind: "evidence",
        verb,
        ...{ environment, stack, stackId, accountId, region, startedAt, finishedAt },
        verdict: left.length > 0 ? "left" : unseen.length > 0 ? "unseen" : "gone",
        finished: true,
        ...{ before, steps, removed: went },
        after: [...left, ...kept].map(({ type, name, id }) => ({ type, name, id })),
        ...{ kept, left, unseen },
        ...(loans.length > 0 && { loans, givenBack: loans.filter((one) => !there.has(keyOfItem(one))) }),
        ...(inTheWay.length > 0 && { inTheWay }),
    };
}

/** What removing the rest comes to. */
interface LastLook extends Pick<Evidence, "unseen"> {
    readonly found: readonly Found[];
    /** What has gone meanwhile that this program has begun to remove. */
    readonly gone: readonly EvidenceItem[];
}

/**
 * Removes what the engine has left and carries the environment's id.
 * @returns what is still there once nothing is on its way out any more, or the time for that is over; and what has gone
 */
async function removeLasting(
    target: DestroyTarget,
    { survey, inTheWay, deletedByEngine }: Removal,
    progress: Progress,
): Promise<LastLook> {
    const { clock, signal, owner, adopted, clusterName } = target;
    const search = {
        ...target,
        clusterName: adopted ? undefined : clusterName,
        tags: proofOf(owner),
        hostIds: survey.hosts.map(({ instanceId }) => instanceId),
        repositoryNames: [...repositoriesInState(target), ...survey.repositories.map(({ name }) => name)],
        iamNames: new Set(deletedByEngine.map(({ id }) => id)),
    };
    const deadline = clock.now().getTime() + longestWaitMilliseconds;
    const spared = new Set(inTheWay.spared.map(({ id }) => id));
    const began = new Map<string, EvidenceItem>();
    let found: readonly Found[] = [];
    // What comes later is somebody's `up`, which goes on with the same id.
    let known: ReadonlySet<string> | undefined;
    const unseen = new Map<string, Unseen>();
    const onUnreadable = warnOfUnreadable(progress, unseen);
    await pollUntil(clock, { deadline, signal, longestPauseMilliseconds }, async () => {
        // The last look counts.
        unseen.clear();
        const there = await findTagged(search, onUnreadable);
        // While others hold on to a network, what is left of it is of use to them.
        known ??= new Set(there.map(({ id }) => id).filter((id) => !spared.has(id)));
        const goes = there.filter(({ id }) => known?.has(id));
        const stays = there.filter(({ id }) => known?.has(id) !== true);
        found = [...stays, ...(await removeFound(target, goes, progress))];
        const leaving = found.filter((item) => item.leaving);
        found.filter(isRemoved).forEach((item) => began.set(item.id, toItem(item)));
        progress.status(leaving.map((item) => `${item.type} ${item.id}: ${whyThere(item)}`));
        return leaving.length === 0;
    });
    const there = new Set(found.map(({ id }) => id));
    const gone = [...began.values()].filter(({ id }) => !there.has(id));
    return { found, gone, unseen: [...unseen.values()] };
}

/** What AWS has said of it last, where it refuses to delete it. */
function whyThere(item: Found): string {
    return item.reason === undefined || isRemoved(item) ? "on its way out" : item.reason;
}

/**
 * Deregisters ghosts: container instances of this environment whose EC2 instance is gone. They may be in its own
 * cluster, or in `default`, where an agent registers that found no cluster configured. A caller who may look into no
 * cluster but the own one is warned.
 */
async function deregisterGhosts(
    target: DestroyTarget,
    { hosts }: ClusterSurvey,
    progress: Progress,
    onUnreadable: OnUnreadable,
): Promise<readonly EvidenceItem[]> {
    const { aws, clusterName } = target;
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
    const { own } = await findInstances(target);
    const ids = new Set([...hosts, ...own].map((host) => host.instanceId));
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

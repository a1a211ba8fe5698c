import { locate, type SettledTarget } from "../environment/target";
import { drainHosts, reopenHosts, type DrainOptions } from "../hosts/drain";
import type { Pace, ReplacementPlan, ReplacementStep } from "../hosts/plan";
import { waitUntilReady, type ReadyReport } from "../hosts/wait";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { ScalingGroup } from "../ports/scalingServices";
import { paceOf, releaseHosts, renewHosts, requireReplacing } from "./groups";
import { hostOfUrn } from "./hostChanges";
import { lowerGroup, raiseGroup, type Raise } from "./raise";
import { planHosts, readCluster } from "../hosts/readPlan";

/** Which hosts are replaced, and by what. */
export interface Replacement {
    /** Whether a host is to be replaced; its successor is not. */
    readonly isOutdated: (host: Host) => boolean;
    /** Hosts that are what they are to be already. */
    readonly done: number;
    /** All hosts, these among them; of hosts that were named, as many as are replaced. */
    readonly hosts: number;
    /** The engine's name of each fixed host to replace, by its instance; empty for a group. */
    readonly urns: ReadonlyMap<string, string>;
    /**
     * Somebody has named these hosts: fixed ones are replaced though nothing of them differs, and nothing else is changed or
     * waited for than they and their successors. @default false
     */
    readonly named?: boolean;
    /** Ids of hosts that were not ready when this was planned: none of them is a successor, should it come back. @default - none */
    readonly ignored?: ReadonlySet<string>;
}

export interface ReplacementOptions extends DrainOptions {
    readonly parallel: number | undefined;
    /** For the new hosts to be ready, each time. */
    readonly timeoutSeconds: number;
    /** How many hosts of a group may go at once. */
    readonly batch: number;
    /** Called before hosts are touched. @throws AppError where they may not be replaced as things are */
    readonly approve: (steps: readonly ReplacementStep[]) => void;
    /** A host has gone, and its successor is there or on its way. */
    readonly onReplaced: (step: ReplacementStep) => void;
    /** The replacement ends half way, and a group stays larger than it was: the end of a sentence. */
    readonly onLarger: (words: string) => void;
}

/**
 * Replaces hosts, one after the other or those of a group in batches: their tasks move, they go, their successors are
 * ready, and only then come the next, planned anew, as tasks have moved since and new ones have come. Where a group may
 * have more hosts, the successors come first. May be stopped at any point and begun again: hosts that are done are not
 * planned then, and the next ones go only when those are ready.
 * @param target whose settings already say what the new hosts are to be, as the launch template of a group does
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED, GROUP_SUSPENDED or NOT_READY; the hosts after those have not been touched
 */
export async function replaceHosts(
    target: SettledTarget,
    replacement: Replacement,
    options: ReplacementOptions,
    progress: Progress,
): Promise<ReadyReport> {
    const { stack, settings, signal } = target;
    const { hosts, isOutdated, urns, ignored } = replacement;
    const { parallel, timeoutSeconds } = options;
    const counts = (host: Host): boolean => !isOutdated(host) && ignored?.has(host.instanceId) !== true;
    // Each run of the engine makes hosts that the state had not.
    const ready = async (count?: number): Promise<ReadyReport> =>
        waitUntilReady(await locate(target), { settings, timeoutSeconds, counts, hosts: count }, progress);
    let { done } = replacement;
    if (done > 0) {
        await ready(done);
    }
    for (;;) {
        const located = await locate(target);
        const seen = await readCluster(located);
        const pace = paceOf(settings.hosts, seen.group, options.batch);
        const all = await planHosts(located, seen, isOutdated, pace, settings.hosts.instanceType);
        const { steps } = ownSteps(target, urns, all);
        const batch = steps.slice(0, pace.batchSize);
        if (batch.length === 0) {
            break;
        }
        options.approve(batch);
        requireReplacing(seen.group);
        progress.phase(phaseOf(batch, replacement.named === true ? done - replacement.done : done, hosts));
        const leaving = new Set<string>();
        const raises: Raise[] = [];
        try {
            await replaceBatch(
                located,
                { ...replacement, pace, group: seen.group, ready, done, leaving, raises },
                batch,
                options,
                progress,
            );
        } catch (error) {
            await undo(located, batch, { leaving, raises }, options, progress);
            throw error;
        }
        batch.forEach(options.onReplaced);
        done += batch.length;
        signal.throwIfAborted();
        await ready(done);
    }
    if (replacement.named === true) {
        return ready(done);
    }
    progress.phase("updating");
    await stack.up({ settings, observer: progress, parallel });
    return ready();
}

function phaseOf(batch: readonly ReplacementStep[], done: number, hosts: number): string {
    const names = batch.map(({ host }) => `${host.instanceId} in ${host.zone}`).join(", ");
    return batch.length === 1
        ? `replacing host ${done + 1} of ${hosts}: ${names}`
        : `replacing hosts ${done + 1} to ${done + batch.length} of ${hosts}: ${names}`;
}

/** Of a plan by tags, what the preview names as the environment's own, and the hosts that it does not know. */
export function ownSteps(
    { settings }: Pick<SettledTarget, "settings">,
    urns: Replacement["urns"],
    { steps, strays }: ReplacementPlan,
): Pick<ReplacementPlan, "steps" | "strays"> {
    const isOwn = ({ host }: ReplacementStep): boolean =>
        settings.hosts.mode === "autoScaling" || urns.has(host.instanceId);
    const others = steps.filter((step) => !isOwn(step)).map(({ host }) => host.instanceId);
    return { steps: steps.filter(isOwn), strays: [...strays, ...others] };
}

/** What a batch is replaced by, as things are. */
interface Round extends Pick<Replacement, "urns" | "done" | "named"> {
    readonly pace: Pace;
    readonly group: ScalingGroup | undefined;
    readonly ready: (count: number) => Promise<ReadyReport>;
    /** Ids of hosts that their group has been asked to let go. */
    readonly leaving: Set<string>;
    /** What the group has been made larger by for this batch. */
    readonly raises: Raise[];
}

async function replaceBatch(
    target: SettledTarget,
    round: Round,
    batch: readonly ReplacementStep[],
    options: ReplacementOptions,
    progress: Progress,
): Promise<void> {
    const { stack, settings, signal } = target;
    const { parallel, timeoutSeconds } = options;
    const { group } = round;
    const ids = batch.map(({ host }) => host.instanceId);
    const successorsFirst = round.pace.successorsFirst && group !== undefined;
    if (successorsFirst) {
        const raise = await raiseGroup(target, group, ids.length, progress);
        round.raises.push(...(raise === undefined ? [] : [raise]));
        await round.ready(round.done + ids.length);
        signal.throwIfAborted();
    }
    await drainHosts(target, batch, options, progress);
    signal.throwIfAborted();
    if (settings.hosts.mode === "autoScaling") {
        const onKept = (kept: readonly string[]): void =>
            progress.note(
                `warning: group ${group?.name} has not let ${kept.join(", ")} go before the end, and may start others in their place: look at its least and desired number of hosts`,
            );
        const leavers = { ids, onLeaving: (id: string) => void round.leaving.add(id), onKept };
        await (successorsFirst
            ? releaseHosts(target, group.name, leavers, timeoutSeconds)
            : renewHosts(target, leavers, timeoutSeconds));
        return;
    }
    const targets = ids.map((id) => {
        const urn = round.urns.get(id);
        if (urn === undefined) {
            throw new Error(`host ${id} is not among the resources of ${stack.name}`);
        }
        return urn;
    });
    // Ended half way it would leave a host fewer, or one without its volume.
    const replaced = round.named === true ? targets.map(hostOfUrn) : undefined;
    await stack.up({ settings, observer: progress, parallel, targets, replaced, whole: true });
}

/** What is left of a batch takes tasks again, and what its group was made larger by for it goes. */
async function undo(
    target: SettledTarget,
    batch: readonly ReplacementStep[],
    { leaving, raises }: Pick<Round, "leaving" | "raises">,
    options: Pick<ReplacementOptions, "onLarger">,
    progress: Progress,
): Promise<void> {
    await reopen(
        target,
        batch.filter(({ host }) => !leaving.has(host.instanceId)),
        progress,
    );
    for (const raise of raises) {
        await takeBack(target, raise, leaving.size, options, progress);
    }
}

/** The first error is the one that counts. */
async function reopen(
    target: SettledTarget,
    batch: readonly ReplacementStep[],
    progress: Progress,
): Promise<void> {
    const hosts = batch.map(({ host }) => host);
    try {
        await reopenHosts(target, hosts, progress);
    } catch (error) {
        const ids = hosts.map(({ instanceId }) => instanceId).join(", ");
        progress.note(
            `warning: ${hosts.length === 1 ? "host" : "hosts"} ${ids} may still be DRAINING: ${String(error)}`,
        );
    }
}

/** The first error is the one that counts, here too. */
async function takeBack(
    target: SettledTarget,
    raise: Raise,
    gone: number,
    { onLarger }: Pick<ReplacementOptions, "onLarger">,
    progress: Progress,
): Promise<void> {
    let left = raise.count - gone;
    try {
        left = await lowerGroup(target, raise, gone, progress);
    } catch (error) {
        progress.note(`warning: group ${raise.group} was not made smaller again: ${String(error)}`);
    }
    if (left > 0) {
        onLarger(`group ${raise.group} stays ${left} ${left === 1 ? "host" : "hosts"} larger than before`);
    }
}

import type { SettledTarget } from "../environment/target";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { drainHost, reopenHost } from "./drain";
import { readReplacement, type ReplacementPlan, type ReplacementStep } from "./plan";
import { renewHost } from "./renew";
import { waitUntilReady, type ReadyReport } from "./wait";

/** Which hosts are replaced, and with what. */
export interface Replacement {
    /** What the new hosts run. */
    readonly imageId: string;
    /** Hosts that run it already. */
    readonly done: number;
    /** All hosts, these among them. */
    readonly hosts: number;
    /** The engine's name of each fixed host to replace, by its instance; empty for a group. */
    readonly urns: ReadonlyMap<string, string>;
}

export interface ReplacementOptions {
    readonly parallel: number | undefined;
    /** For the new hosts to be ready, each time. */
    readonly timeoutSeconds: number;
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
    /** Called before each host is touched. @throws AppError where it may not be replaced as things are */
    readonly approve: (step: ReplacementStep) => void;
    /** A host has gone, and its successor is on its way. */
    readonly onReplaced: (step: ReplacementStep) => void;
}

/**
 * Replaces hosts one after the other: its tasks move, the host goes, its successor is ready, and only then comes the
 * next, planned anew, as tasks have moved since and new ones have come. May be stopped at any point and begun again:
 * hosts that are done are not planned then, and the next one goes only when those are ready.
 * @param target whose settings already say what the new hosts are to be
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED or NOT_READY; the hosts after that one have not been touched
 */
export async function replaceHosts(
    target: SettledTarget,
    replacement: Replacement,
    options: ReplacementOptions,
    progress: Progress,
): Promise<ReadyReport> {
    const { stack, settings, signal } = target;
    const { hosts, imageId, urns } = replacement;
    const ready = (count?: number): Promise<ReadyReport> =>
        waitUntilReady(
            target,
            { settings, timeoutSeconds: options.timeoutSeconds, imageId, hosts: count },
            progress,
        );
    const updateAll = async (): Promise<void> => {
        progress.phase("updating");
        await stack.up({ observer: progress, parallel: options.parallel });
    };
    let { done } = replacement;
    if (settings.hosts.mode === "autoScaling") {
        await updateAll();
    }
    if (done > 0) {
        await ready(done);
    }
    for (;;) {
        const [step] = ownSteps(target, urns, await readReplacement(target, imageId)).steps;
        if (step === undefined) {
            break;
        }
        options.approve(step);
        progress.phase(
            `replacing host ${done + 1} of ${hosts}: ${step.host.instanceId} in ${step.host.zone}`,
        );
        try {
            await replaceHost(target, replacement, step, options, progress);
        } catch (error) {
            await reopen(target, step.host, progress);
            throw error;
        }
        options.onReplaced(step);
        done += 1;
        signal.throwIfAborted();
        await ready(done);
    }
    await updateAll();
    return ready();
}

/** Of a plan by tags, what the engine knows as the environment's own, and the hosts that it does not know. */
export function ownSteps(
    { settings }: SettledTarget,
    urns: Replacement["urns"],
    { steps }: ReplacementPlan,
): { readonly steps: readonly ReplacementStep[]; readonly strays: readonly string[] } {
    const isOwn = ({ host }: ReplacementStep): boolean =>
        settings.hosts.mode === "autoScaling" || urns.has(host.instanceId);
    return {
        steps: steps.filter(isOwn),
        strays: steps.filter((step) => !isOwn(step)).map(({ host }) => host.instanceId),
    };
}

async function replaceHost(
    target: SettledTarget,
    { urns }: Replacement,
    step: ReplacementStep,
    { parallel, timeoutSeconds, drainTimeoutSeconds }: ReplacementOptions,
    progress: Progress,
): Promise<void> {
    const { stack, settings, signal } = target;
    const { instanceId } = step.host;
    await drainHost(target, step, drainTimeoutSeconds, progress);
    signal.throwIfAborted();
    if (settings.hosts.mode === "autoScaling") {
        await renewHost(target, instanceId, timeoutSeconds);
        return;
    }
    const urn = urns.get(instanceId);
    if (urn === undefined) {
        throw new Error(`host ${instanceId} is not among the resources of ${stack.name}`);
    }
    // Ended half way it would leave a host fewer, or one without its volume.
    await stack.up({ observer: progress, parallel, targets: [urn], whole: true });
}

/** The first error is the one that counts. */
async function reopen(target: SettledTarget, host: Host, progress: Progress): Promise<void> {
    try {
        await reopenHost(target, host, progress);
    } catch (error) {
        progress.note(`warning: host ${host.instanceId} may still be DRAINING: ${String(error)}`);
    }
}

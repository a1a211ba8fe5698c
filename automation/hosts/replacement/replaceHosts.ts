import type { ResolvedSettings } from "../../../components/model/settings";
import type { Context } from "../../ports/context";
import type { Host } from "../../ports/aws";
import type { EnvironmentStack } from "../../ports/engine";
import type { Progress } from "../../ports/io";
import type { HostActions, ReadyReport } from "../contracts";
import { runOptions } from "../../environment/environment";
import type { ReplacementStep } from "./displacement";

/** Hosts to replace, and all that is needed for it. The settings already say what the new ones are to be. */
export interface Replacement {
    readonly context: Context;
    readonly stack: EnvironmentStack;
    readonly hostActions: HostActions;
    readonly settings: ResolvedSettings;
    readonly environment: string;
    readonly clusterName: string;
    /** What the new hosts run. */
    readonly imageId: string;
    /** Hosts that run it already. */
    readonly done: number;
    readonly hosts: number;
    /** The engine's name of each fixed host to replace, by its instance; empty for a group. */
    readonly urns: ReadonlyMap<string, string>;
    /** A host has gone, and its successor is on its way. */
    readonly onReplaced: (step: ReplacementStep) => void;
    /** Plans anew, as tasks move. @throws AppError where a host may not be replaced as things are */
    readonly nextStep: (progress: Progress) => Promise<ReplacementStep | undefined>;
    readonly parallel: number | undefined;
    /** For the new hosts to be ready, each time. */
    readonly timeoutSeconds: number;
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
}

/**
 * Replaces hosts one after the other: its tasks move, the host goes, its successor is ready, and only then comes the
 * next. May be stopped at any point and begun again: hosts that are done are not among the steps then, and the next one
 * goes only when those are ready.
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED or NOT_READY; the hosts after that one have not been touched
 */
export async function replaceHosts(replacement: Replacement, progress: Progress): Promise<ReadyReport> {
    const { stack, settings, hosts } = replacement;
    let { done } = replacement;
    if (settings.hosts.mode === "autoScaling") {
        progress.phase("updating");
        await stack.up(runOptions(replacement, progress));
    }
    if (done > 0) {
        await untilReady(replacement, progress, done);
    }
    for (;;) {
        const step = await replacement.nextStep(progress);
        if (step === undefined) {
            break;
        }
        progress.phase(
            `replacing host ${done + 1} of ${hosts}: ${step.host.instanceId} in ${step.host.zone}`,
        );
        try {
            await replaceOne(replacement, step, progress);
        } catch (error) {
            await reopen(replacement, step.host, progress);
            throw error;
        }
        replacement.onReplaced(step);
        done += 1;
        replacement.context.signal.throwIfAborted();
        await untilReady(replacement, progress, done);
    }
    progress.phase("updating");
    await stack.up(runOptions(replacement, progress));
    return untilReady(replacement, progress);
}

async function replaceOne(
    replacement: Replacement,
    step: ReplacementStep,
    progress: Progress,
): Promise<void> {
    const { context, stack, settings, hostActions, urns, clusterName, timeoutSeconds } = replacement;
    const { instanceId } = step.host;
    const common = { ...reference(replacement, progress), clusterName };
    await hostActions.drainHost({ ...common, step, timeoutSeconds: replacement.drainTimeoutSeconds });
    context.signal.throwIfAborted();
    if (settings.hosts.mode === "autoScaling") {
        await hostActions.renewHost({ ...common, instanceId, timeoutSeconds });
        return;
    }
    const urn = urns.get(instanceId);
    if (urn === undefined) {
        throw new Error(`host ${instanceId} is not among the resources of ${stack.name}`);
    }
    // Ended half way it would leave a host fewer, or one without its volume.
    await stack.up({ ...runOptions(replacement, progress), targets: [urn], whole: true });
}

/** The first error is the one that counts. */
async function reopen(replacement: Replacement, host: Host, progress: Progress): Promise<void> {
    const { hostActions, clusterName } = replacement;
    try {
        await hostActions.reopenHost({ ...reference(replacement, progress), clusterName, host });
    } catch (error) {
        progress.note(`warning: host ${host.instanceId} may still be DRAINING: ${String(error)}`);
    }
}

/** @param hosts how many of the new ones; all that the settings ask for unless given */
export async function untilReady(
    replacement: Pick<
        Replacement,
        "hostActions" | "settings" | "timeoutSeconds" | "imageId" | "stack" | "environment" | "context"
    >,
    progress: Progress,
    hosts?: number,
): Promise<ReadyReport> {
    const { hostActions, settings, timeoutSeconds, imageId, stack } = replacement;
    return hostActions.waitUntilReady({
        ...reference(replacement, progress),
        settings,
        outputs: await stack.outputs(),
        timeoutSeconds,
        imageId,
        ...(hosts === undefined ? {} : { hosts }),
    });
}

function reference(
    { environment, stack, context }: Pick<Replacement, "environment" | "stack" | "context">,
    progress: Progress,
) {
    return { environment, stack: stack.qualifiedName, signal: context.signal, progress };
}

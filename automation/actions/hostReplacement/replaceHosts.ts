import type { ResolvedSettings } from "../../../components/model/settings";
import type { Context } from "../../context";
import type { EnvironmentStack, Outputs } from "../../ports/engine";
import type { Progress } from "../../ports/progress";
import type { HostActions, ReadyReport } from "../contracts";
import { runOptions } from "../environment";
import type { ReplacementStep } from "./displacement";

const instanceType = "aws:ec2/instance:Instance";

/** Hosts to replace, and all that is needed for it. The settings already say what the new ones are to be. */
export interface Replacement {
    readonly context: Context;
    readonly stack: EnvironmentStack;
    readonly hostActions: HostActions;
    readonly settings: ResolvedSettings;
    readonly environment: string;
    readonly clusterName: string;
    readonly steps: readonly ReplacementStep[];
    readonly parallel: number | undefined;
    /** For the new hosts to be ready, each time. */
    readonly timeoutSeconds: number;
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
}

/**
 * Replaces hosts one after the other: its tasks move, the host goes, its successor is ready, and only then comes the
 * next. May be stopped at any point and begun again: hosts that are done are not among the steps then.
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED or NOT_READY; the hosts after that one have not been touched
 */
export async function replaceHosts(replacement: Replacement, progress: Progress): Promise<ReadyReport> {
    const { context, stack, settings, steps } = replacement;
    const isGroup = settings.hosts.mode === "autoScaling";
    const urns = isGroup ? new Map<string, string>() : await urnsOfHosts(replacement);
    if (isGroup) {
        progress.phase("updating");
        await stack.up(runOptions(replacement, context, progress));
    }
    for (const [index, step] of steps.entries()) {
        const { instanceId, zone } = step.host;
        progress.phase(`replacing host ${index + 1} of ${steps.length}: ${instanceId} in ${zone}`);
        const request = { ...reference(replacement, progress), clusterName: replacement.clusterName };
        await replacement.hostActions.drainHost({
            ...request,
            step,
            timeoutSeconds: replacement.drainTimeoutSeconds,
        });
        const urn = urns.get(instanceId);
        if (isGroup) {
            const { timeoutSeconds } = replacement;
            await replacement.hostActions.renewHost({ ...request, instanceId, timeoutSeconds });
        } else if (urn !== undefined) {
            await stack.up({ ...runOptions(replacement, context, progress), targets: [urn] });
        }
        await untilReady(replacement, progress, await stack.outputs());
    }
    progress.phase("updating");
    const { outputs } = await stack.up(runOptions(replacement, context, progress));
    return untilReady(replacement, progress, outputs);
}

/** The engine's name of each fixed host, by its instance. */
async function urnsOfHosts({ context, stack, parallel }: Replacement): Promise<ReadonlyMap<string, string>> {
    const [{ steps }, resources] = await Promise.all([
        stack.preview({ signal: context.signal, ...(parallel === undefined ? {} : { parallel }) }),
        stack.resources(),
    ]);
    const urns = new Map(
        steps.filter(({ type }) => type === instanceType).map(({ name, urn }) => [name, urn]),
    );
    return new Map(
        resources
            .filter(({ type }) => type === instanceType)
            .flatMap(({ name, id }) => {
                const urn = urns.get(name);
                return urn === undefined ? [] : [[id, urn]];
            }),
    );
}

function untilReady(replacement: Replacement, progress: Progress, outputs: Outputs): Promise<ReadyReport> {
    const { hostActions, settings, timeoutSeconds } = replacement;
    return hostActions.waitUntilReady({
        ...reference(replacement, progress),
        settings,
        outputs,
        timeoutSeconds,
    });
}

function reference({ environment, stack, context }: Replacement, progress: Progress) {
    return { environment, stack: stack.qualifiedName, signal: context.signal, progress };
}

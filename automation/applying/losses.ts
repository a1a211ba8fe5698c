import type { ResolvedSettings } from "../../components/model/settings";
import type { CommonOptions } from "../command/command";
import type { Context } from "../ports/context";
import type { ResourceEvent } from "../ports/engine";
import { upCommand } from "../settings/settingsChanges";
import type { SettingsRequest } from "../settings/settingsRequest";

import { destructiveSteps, planLine, planLook, planSteps, type PlanLook } from "../output/changes";
import { counted } from "../output/counted";
import { requireConsent } from "../environment/consent";
import { planOnly, withProgress } from "../environment/progressPhases";
import type { SettledTarget } from "../environment/target";
import { needsRefresh, type Drift } from "../inventory/drift";
import { findHosts } from "../hosts/find";
import { insteadLine, isHost, namesOfHosts, rollInstead } from "../rolling/hostChanges";

interface UpQuestion extends SettingsRequest, Pick<CommonOptions, "yes"> {
    readonly parallel: number | undefined;
    /** With the lock that this `up` writes, unlike those of the target. */
    readonly settings: ResolvedSettings;
}

/** What goes with a change, a line each: what no state knows, and what the engine deletes or replaces. */
export function lossLines(
    strays: Drift["strays"],
    losses: readonly ResourceEvent[],
    look: PlanLook,
): readonly string[] {
    return [
        ...strays.map(({ type, id }) => planLine("delete", `${type} ${id} (not in the state)`, look)),
        ...planSteps(losses, { ...look, named: true }),
    ];
}

/**
 * Shows what an `up` would replace or delete, and asks. Creating needs no question, and an empty stack has nothing to
 * lose.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeLoss(
    target: SettledTarget,
    drift: Drift,
    request: UpQuestion,
    context: Context,
): Promise<void> {
    const { stack, settings } = target;
    const { strays } = drift;
    if (request.yes || (stack.empty && strays.length === 0)) {
        return;
    }
    const { losses, stops } = await withProgress(context, async (progress) => {
        progress.phase("checking what would be lost");
        const losses = destructiveSteps(
            await stack.preview({
                settings: request.settings,
                observer: planOnly(progress),
                parallel: request.parallel,
                refresh: needsRefresh(drift),
            }),
        );
        return { losses, stops: await stoppingLines(target, losses) };
    });
    const count = losses.length + strays.length;
    if (count === 0) {
        return;
    }
    const { lock } = settings.hostImage;
    const up = upCommand(request);
    const instead = rollInstead({ environment: stack.name, lock, up }, losses);
    const lines = [
        `This would ${count === 1 ? "lose a resource" : `lose ${count} resources`}:`,
        ...lossLines(strays, losses, planLook(context)),
        ...stops,
        ...(instead === undefined ? [] : [context.show(insteadLine(instead))]),
    ];
    context.io.stderr(`${lines.join("\n")}\n`);
    await requireConsent(
        context,
        request,
        `Replace or delete these in ${stack.name}?`,
        instead?.command ?? up,
    );
}

const fates = [
    ["replace", "replaced"],
    ["delete", "deleted"],
] as const;

/** What becomes of tasks on hosts that go all at once, such as `2 hosts are replaced: 4 tasks stop`. */
async function stoppingLines(
    target: SettledTarget,
    losses: readonly ResourceEvent[],
): Promise<readonly string[]> {
    const going = fates.flatMap(([operation, word]) => {
        const names = losses.filter((step) => isHost(step) && step.operation === operation);
        return names.length === 0 ? [] : [{ word, names: new Set(names.map(({ name }) => name)) }];
    });
    if (going.length === 0) {
        return [];
    }
    const [resources, { hosts }] = await Promise.all([target.stack.resources(), findHosts(target)]);
    const known = namesOfHosts(resources);
    return going.map(({ word, names }) => {
        const tasks = hosts
            .filter(({ instanceId }) => names.has(known.get(instanceId) ?? ""))
            .reduce((sum, { containerInstance }) => sum + (containerInstance?.runningTasks ?? 0), 0);
        const stop =
            tasks === 0
                ? "no task runs there"
                : `${counted(tasks, "task")} ${tasks === 1 ? "stops" : "stop"}`;
        return `${counted(names.size, "host")} ${names.size === 1 ? "is" : "are"} ${word}: ${stop}`;
    });
}

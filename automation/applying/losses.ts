import type { ResolvedSettings } from "../../components/model/settings";
import type { CommonOptions } from "../command/command";
import type { Context } from "../ports/context";
import type { ResourceEvent } from "../ports/engine";
import { upCommand, type SettingsRequest } from "../settings/settingsChanges";

import { describeStep, destructiveSteps } from "../output/changes";
import { requireConsent } from "../environment/consent";
import { planOnly, withProgress } from "../environment/progressPhases";
import type { SettledTarget } from "../environment/target";
import { needsRefresh, type Drift } from "../inventory/drift";
import { insteadLine, rollInstead } from "../rolling/hostChanges";

interface UpQuestion extends SettingsRequest, Pick<CommonOptions, "yes"> {
    readonly parallel: number | undefined;
    /** With the lock that this `up` writes, unlike those of the target. */
    readonly settings: ResolvedSettings;
}

/** What goes with a change, a line each: what no state knows, and what the engine deletes or replaces. */
export function lossLines(strays: Drift["strays"], losses: readonly ResourceEvent[]): readonly string[] {
    return [
        ...strays.map(({ type, id }) => `  delete ${type} ${id} (not in the state)`),
        ...losses.map((step) => `  ${describeStep(step)}`),
    ];
}

/**
 * Shows what an `up` would replace or delete, and asks. Creating needs no question, and an empty stack has nothing to
 * lose.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeLoss(
    { stack, settings }: SettledTarget,
    drift: Drift,
    request: UpQuestion,
    context: Context,
): Promise<void> {
    const { strays } = drift;
    if (request.yes || (stack.empty && strays.length === 0)) {
        return;
    }
    const changes = await withProgress(context, (progress) => {
        progress.phase("checking what would be lost");
        return stack.preview({
            settings: request.settings,
            observer: planOnly(progress),
            parallel: request.parallel,
            refresh: needsRefresh(drift),
        });
    });
    const losses = destructiveSteps(changes);
    const count = losses.length + strays.length;
    if (count === 0) {
        return;
    }
    const { lock } = settings.hostImage;
    const up = upCommand(request);
    const instead = rollInstead({ environment: stack.name, lock, up }, losses);
    const lines = [
        `This would ${count === 1 ? "lose a resource" : `lose ${count} resources`}:`,
        ...lossLines(strays, losses),
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

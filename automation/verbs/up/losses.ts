import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import type { EnvironmentStack } from "../../ports/engine";
import type { EnvironmentSettings } from "../../settings/environmentSettings";
import { upCommand, type SettingsRequest } from "../../settings/settingsChanges";

import { describeStep, destructiveSteps } from "../../output/changes";
import { requireConsent } from "../../environment/consent";
import { runOptions } from "../../environment/environment";
import { updateAdvice, updateInstead } from "../../hosts/replacement/expectedChanges";
import { planOnly, withProgress } from "../../environment/progressPhases";

interface UpQuestion extends SettingsRequest, Pick<CommonOptions, "yes"> {
    readonly parallel: number | undefined;
}

interface Run {
    readonly request: UpQuestion;
    readonly environment: Pick<EnvironmentSettings, "settings">;
    readonly context: Context;
    readonly stack: EnvironmentStack;
}

/**
 * Shows what an `up` would replace or delete, and asks. Creating needs no question, and an empty stack has nothing to
 * lose.
 * @throws AppError DECLINED, CONSENT_NEEDED
 */
export async function askBeforeLoss({ request, context, environment, stack }: Run): Promise<void> {
    if (request.yes || stack.empty) {
        return;
    }
    const changes = await withProgress(context, (progress) => {
        progress.phase("checking what would be lost");
        return stack.preview(runOptions(request, planOnly(progress)));
    });
    const losses = destructiveSteps(changes);
    if (losses.length === 0) {
        return;
    }
    const { lock } = environment.settings.hostImage;
    const instead = updateInstead({ environment: stack.name, lock }, losses);
    const lines = [
        `This would ${losses.length === 1 ? "lose a resource" : `lose ${losses.length} resources`}:`,
        ...losses.map((step) => `  ${describeStep(step)}`),
        ...(instead === undefined ? [] : [context.show(updateAdvice(instead))]),
    ];
    context.io.stderr(`${lines.join("\n")}\n`);
    await requireConsent(
        context,
        request,
        `Replace or delete these in ${stack.name}?`,
        instead ?? upCommand(request),
    );
}

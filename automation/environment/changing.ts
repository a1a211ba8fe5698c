import type { Context } from "../ports/context";
import { openProject } from "../settings/project";
import { changeSettings } from "../settings/settingsChanges";
import type { ChangedSettings, SettingsRequest } from "../settings/settingsRequest";
import { openOwnStack, standOn, type SettledTarget, type TargetNeeds } from "./target";

/** A target with what the command line, or a program, says of its settings. */
export type ChangingTarget = SettledTarget & { readonly changed: ChangedSettings };

/**
 * Opens an environment with what is asked of its settings on top, for runs of the engine.
 * @throws AppError SETTINGS_CONFLICT, SETTINGS_INVALID before Pulumi or AWS are asked anything
 */
export async function openChanged(
    context: TargetNeeds & Pick<Context, "directory">,
    request: SettingsRequest & { readonly projectDirectory: string | undefined },
): Promise<ChangingTarget> {
    const project = await openProject(context, request.projectDirectory);
    const asked = await changeSettings(project, request);
    const stack = await openOwnStack(context, project, request.environment, { runsProgram: true });
    const { settings } = stack;
    const changed = (settings && asked.onKept?.(settings)) ?? asked;
    return { ...(await standOn(context, project, stack, changed.environment)), changed };
}

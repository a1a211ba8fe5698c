import { command } from "../../components/model/commandLine";
import { isProvenGone, type Unseen } from "../../components/model/evidence";
import { tagKeys } from "../../components/model/tags";
import { withProgress } from "../environment/progressPhases";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { findTagged } from "../inventory/find";
import { warnOfUnreadable } from "../inventory/unreadable";
import type { Context } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import type { SettingsFile } from "../settings/settingsFile";
import { forgetStackKeys, holdsStackKeys } from "../settings/stackKeys";
import { concluded, type DestroyResult } from "./evidence";
import type { DestroyRecord } from "./record";
import { settingsThatTakeUp } from "./takingUp";

/**
 * Where there is no stack, nothing proves whose the resources are that carry its name: they are told of, and left alone.
 * @throws AppError ENVIRONMENT_NOT_FOUND where there are any
 */
export async function destroyNothing(
    target: OpenTarget & { readonly file: SettingsFile },
    record: DestroyRecord,
    context: Context,
): Promise<DestroyResult> {
    const { aws, environment, owner, stack, file, clock } = target;
    const unseen = new Map<string, Unseen>();
    const [caller, found] = await withProgress(context, (progress) => {
        progress.phase("looking at what is there");
        const tags = { [tagKeys.stack]: owner.stack };
        const search = { ...target, tags, hostIds: [], repositoryNames: [], iamNames: new Set<string>() };
        return Promise.all([aws.identity.caller(), findTagged(search, warnOfUnreadable(progress, unseen))]);
    });
    const left = found.filter(({ keep, leaving }) => !keep && !leaving);
    if (left.length > 0) {
        throw new AppError("ENVIRONMENT_NOT_FOUND", {
            message: `there is no environment ${environment}: the state backend has no stack ${owner.stack}; nothing was changed`,
            details: [
                "AWS has resources of a stack of that name, made with a state that is lost, or in another state backend:",
                ...left.map(({ type, id }) => `  ${type} ${id}`),
            ],
            hint: command("orphans", environment, "--region", caller.region),
        });
    }
    const evidence = concluded(target, caller, {
        verb: record.verb,
        startedAt: record.startedAt.toISOString(),
        finishedAt: clock.now().toISOString(),
        ...{ before: [], steps: [], removed: [], loans: [], inTheWay: [] },
        found: found.filter(({ keep }) => keep),
        unseen: [...unseen.values()],
    });
    await record.write(evidence);
    const settingsToTakeUp = await settingsThatTakeUp(target, evidence.kept);
    const removedSettingsFile = isProvenGone(evidence) ? await forget(stack, file) : undefined;
    return { alreadyGone: true, removedSettingsFile, settingsToTakeUp, evidence };
}

/**
 * What is changed last is looked at first: whether the settings file can be.
 * @throws AppError SETTINGS_FILE_UNREADABLE
 */
export async function requireForgettable(file: SettingsFile): Promise<void> {
    if (file.exists && (file.basedOn !== undefined || (await holdsStackKeys(file.path)))) {
        await file.requireWritable();
    }
}

/** Takes the empty stack, and the settings file of a personal environment, away. */
export async function forget(stack: EnvironmentStack, file: SettingsFile): Promise<string | undefined> {
    if (stack.exists) {
        await stack.remove();
    }
    if (file.basedOn === undefined) {
        await forgetStackKeys(file.path);
        return undefined;
    }
    await file.removeFile();
    return file.name;
}

import type { AwsTarget } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import { areStated, type EnvironmentSettings } from "../settings/environmentSettings";
import { refuseToWrite } from "../settings/givenSettings";
import type { Project } from "../settings/project";

/** The settings of an environment: those that are stated; where none are, those that the last update was given. */
export function orKept(
    project: Project,
    read: EnvironmentSettings,
    stack: EnvironmentStack,
): EnvironmentSettings {
    const { settings } = stack;
    return settings === undefined || areStated(project, read.name, read.file) ? read : { ...read, settings };
}

/** Where it is as far as that is stated; on a machine that has no settings of it, where its state tells. */
export function placeKnown(
    { place, file }: Pick<EnvironmentSettings, "place" | "file">,
    stack: Pick<EnvironmentStack, "region">,
): AwsTarget {
    return { ...place, region: place.region ?? (file.hasSettings ? undefined : stack.region) };
}

/** Where it was applied. */
export function placeOf({ region }: EnvironmentStack, stated: AwsTarget): AwsTarget {
    return { ...stated, region: region ?? stated.region };
}

/** For verbs that write settings. @throws AppError SETTINGS_CONFLICT where only the state has them */
export function requireFile({
    project,
    file,
    stack,
}: Pick<EnvironmentSettings, "file"> & {
    readonly project: Project;
    readonly stack: EnvironmentStack;
}): void {
    const { name, settings } = stack;
    if (settings !== undefined && !areStated(project, name, file)) {
        refuseToWrite({ name, file });
    }
}

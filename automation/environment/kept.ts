import type { AwsTarget } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import type { EnvironmentSettings } from "../settings/environmentSettings";
import { refuseToWrite } from "../settings/givenSettings";

/** The settings of an environment: those of its file; where there is none, those that were applied last. */
export function orKept<Read extends EnvironmentSettings>(read: Read, stack: EnvironmentStack): Read {
    const { settings } = stack;
    return settings === undefined || read.file.exists
        ? read
        : { ...read, settings, place: placeOf(stack, read.place) };
}

/** Where it was applied. */
export function placeOf({ region }: EnvironmentStack, stated: AwsTarget): AwsTarget {
    return { ...stated, region: region ?? stated.region };
}

/** For verbs that write settings. @throws AppError SETTINGS_CONFLICT where only the state has them */
export function requireFile({
    file,
    stack,
}: Pick<EnvironmentSettings, "file"> & { readonly stack: EnvironmentStack }): void {
    if (!file.exists && stack.settings !== undefined) {
        refuseToWrite({ name: stack.name, file });
    }
}

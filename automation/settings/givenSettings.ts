import { filterFor, matchesFilter } from "../../components/model/images/imageFilter";
import type { ImageLock } from "../../components/model/images/imageLock";
import {
    parseSettings,
    problemsOfKept,
    type ResolvedSettings,
    type Settings,
} from "../../components/model/settings";
import { AppError } from "../errors/appError";
import { awsTarget, requireValid, type EnvironmentSettings } from "./environmentSettings";
import type { Project } from "./project";
import type { ChangedSettings, SettingsRequest } from "./settingsRequest";
import type { SettingsFile } from "./settingsFile";

/**
 * Settings that a program gives in place of a file. They are written nowhere but into the state, by the update.
 * @throws AppError SETTINGS_CONFLICT where there is a file as well, USAGE, SETTINGS_INVALID
 */
export function giveSettings(
    project: Project,
    file: SettingsFile,
    request: SettingsRequest & { readonly given: Settings },
): ChangedSettings {
    requireNothingElse(file, request);
    const { environment: name, given } = request;
    const place = awsTarget(project.config);
    const resolve = (settings: Settings): EnvironmentSettings => ({
        ...requireValid(parseSettings(settings, name), {
            what: [`what is given as settings of ${name}`],
            hint: "give other settings",
        }),
        ...{ name, file, place },
    });
    const locked = (lock: ImageLock): EnvironmentSettings =>
        resolve({ ...given, hostImage: { ...given.hostImage, lock: { ...lock } } });
    return {
        ...unwritten(resolve(given), locked),
        onKept: ({ hostImage }) =>
            follows(given.hostImage, hostImage.lock)
                ? unwritten(locked(hostImage.lock), locked)
                : unwritten(resolve(given), locked),
    };
}

/** Whoever gives a lock, or asks for other images than the locked one, does not mean the one of before. */
function follows(
    { lock, filter }: NonNullable<Settings["hostImage"]> = {},
    before: ImageLock | undefined,
): before is ImageLock {
    return (
        before !== undefined &&
        lock === undefined &&
        (filter === undefined || matchesFilter(filter, before.name))
    );
}

/** Settings that the last update was given, of an environment that has no file here. */
export function keepSettings(read: EnvironmentSettings, settings: ResolvedSettings): ChangedSettings {
    requireUsable(read.name, settings);
    const kept = { ...read, settings, warnings: [] };
    return unwritten(kept, (lock) => {
        const hostImage = { ...settings.hostImage, filter: filterFor(lock.name), lock };
        return { ...kept, settings: { ...settings, hostImage } };
    });
}

/** For verbs that change something by settings that the state alone has. @throws AppError SETTINGS_INVALID */
export function requireUsable(name: string, settings: ResolvedSettings): void {
    requireValid(
        { settings, problems: problemsOfKept(settings, name) },
        { what: [`what the last update of ${name} was given as settings`], hint: "give settings anew" },
    );
}

/** @throws AppError SETTINGS_CONFLICT: nothing may begin a file that would say but one of an environment's settings */
export function refuseToWrite({ name, file }: Pick<EnvironmentSettings, "name" | "file">): never {
    throw new AppError("SETTINGS_CONFLICT", {
        message: `there is no ${file.name} with settings to change: the settings of ${name} were given by a program, or their file is on another machine`,
        hint: "change them where they came from",
    });
}

function unwritten(
    environment: EnvironmentSettings,
    locked: (lock: ImageLock) => EnvironmentSettings,
): ChangedSettings {
    let now = environment;
    return {
        environment,
        changes: [],
        resolve: () => now,
        lockImage: (lock) => {
            now = locked(lock);
        },
        save: () => Promise.resolve(() => Promise.resolve()),
    };
}

function requireNothingElse(file: SettingsFile, { from, set, ttl, adoptCluster }: SettingsRequest): void {
    const others = Object.entries({ from, set: set[0], ttl, adoptCluster: adoptCluster || undefined })
        .filter(([, value]) => value !== undefined)
        .map(([option]) => option);
    if (others.length > 0) {
        throw new AppError("USAGE", {
            message: `settings are given whole: got settings and ${others.join(", ")}, expected settings alone`,
        });
    }
    if (file.hasSettings) {
        throw new AppError("SETTINGS_CONFLICT", {
            message: `${file.name} exists: got settings beside it, expected one of the two`,
            hint: `remove ${file.name}, or give no settings`,
        });
    }
}

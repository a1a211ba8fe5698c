import { isDeepStrictEqual } from "node:util";

import { filterFor, matchesFilter } from "../../components/model/images/imageFilter";
import type { ImageLock } from "../../components/model/images/imageLock";
import { settingsNamespace } from "../../components/model/settings";
import { asRecord } from "./config";
import type { Project } from "./project";
import type { SettingsFile } from "./settingsFile";

const section = `${settingsNamespace}:hostImage`;

/** What a settings file says below `hostImage`. */
export function hostImageOf(file: Pick<SettingsFile, "config">): Readonly<Record<string, unknown>> {
    return asRecord(file.config[section]);
}

/** Puts a lock into a settings file, beside everything else that stands there. @returns what the file says now */
export function setLock(project: Pick<Project, "config">, file: SettingsFile, lock: ImageLock): string {
    takeOverProjects(project, file);
    const { id, name, date, region } = lock;
    for (const [key, value] of Object.entries({ id, name, date, region })) {
        file.set(["hostImage", "lock", key], value);
    }
    return `${file.name} now locks the host image: ${name} (${id})`;
}

/** What a settings file says now, a line each; missing where it said so before. */
export interface LockChanges {
    readonly filter?: string;
    readonly lock?: string;
}

/**
 * Puts a lock into a settings file, and a filter for it and its successors where the present one does not match it.
 * @param filter the one that the environment has now, whoever says so
 */
export function setLockAndFilter(
    project: Pick<Project, "config">,
    file: SettingsFile,
    lock: ImageLock,
    filter: string,
): LockChanges {
    const before = hostImageOf(file)["lock"];
    // Before the filter, with which the section would already be there.
    takeOverProjects(project, file);
    const fits = matchesFilter(filter, lock.name);
    if (!fits) {
        file.set(["hostImage", "filter"], filterFor(lock.name));
    }
    const told = setLock(project, file, lock);
    return {
        filter: fits ? undefined : `${file.name}: hostImage.filter ${filter} -> ${filterFor(lock.name)}`,
        lock: isDeepStrictEqual(before, hostImageOf(file)["lock"]) ? undefined : told,
    };
}

/** A section in the file stands in place of the project's, so that a new one has to say what that one says. */
function takeOverProjects(project: Pick<Project, "config">, file: SettingsFile): void {
    if (Object.keys(hostImageOf(file)).length > 0) {
        return;
    }
    for (const [key, value] of Object.entries(asRecord(project.config[section]))) {
        file.set(["hostImage", key], value);
    }
}

/** Takes the lock out, and the section with it where nothing else stands there. */
export function dropLock(file: SettingsFile): void {
    file.set(["hostImage", "lock"], null);
    if (section in file.config && Object.keys(hostImageOf(file)).length === 0) {
        file.set(["hostImage"], null);
    }
}

/** Gives a file the lock of another one, or none where that has none. */
export function copyLock(from: Pick<SettingsFile, "config">, to: SettingsFile): void {
    dropLock(to);
    for (const [key, value] of Object.entries(asRecord(hostImageOf(from)["lock"]))) {
        to.set(["hostImage", "lock", key], value);
    }
}

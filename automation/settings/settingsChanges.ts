import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import { command, type CommandLine, type Line, type Placeholder } from "../../components/model/commandLine";
import {
    areStated,
    checkEnvironmentName,
    type EnvironmentSettings,
    resolveEnvironment,
} from "./environmentSettings";
import { AppError } from "../errors/appError";
import { readSomeSeconds } from "../errors/readSeconds";
import { giveSettings, keepSettings, refuseToWrite } from "./givenSettings";
import { copyLock, dropLock, setLock } from "./imageLockSetting";
import { setHostCount, type HostCount } from "./hostsSetting";
import { setTtl, ttlOf } from "./leaseSetting";
import { parseOverride } from "./override";
import { settingsFileNames, settingsFilePath, type Project } from "./project";
import { openSettingsFile, type SettingsFile } from "./settingsFile";
import type { ChangedSettings, SettingsRequest } from "./settingsRequest";
import { editFiles } from "./wrongFiles";

/**
 * Settings of an environment with what the command line adds. Nothing is written before `save`.
 * @throws AppError SETTINGS_CONFLICT when a file of others would change, SETTINGS_INVALID with every problem
 */
export async function changeSettings(project: Project, request: SettingsRequest): Promise<ChangedSettings> {
    const { environment, from, set, adoptCluster, ttl } = request;
    checkEnvironmentName(environment);
    if (ttl !== undefined) {
        // An empty one, of a variable that nobody has set, would take the end away.
        readSomeSeconds(ttl, "--ttl");
    }
    const existing = await openSettingsFile(project, environment);
    if (request.given !== undefined) {
        return giveSettings(project, existing, { ...request, given: request.given });
    }
    const before = existing.config;
    const file = from === undefined ? existing : await copySettings(project, environment, { from, existing });
    const isCopy = from !== undefined && existing.isFree;
    const overrides = set.map(parseOverride);
    requirePersonal(request, existing);
    for (const { path: settingPath, value } of overrides) {
        file.set(settingPath, value);
    }
    if (adoptCluster) {
        file.set(["adoptCluster"], true);
    }
    const sizes = request.hosts === undefined ? [] : setHostCount(project, environment, file, request.hosts);
    if (overrides.some(({ path: [section, key] }) => section === "hostImage" && key === "filter")) {
        // Whoever asks for other images asks for another image than the locked one.
        dropLock(file);
    }
    const setsTtl = overrides.some(({ path: [section, key] }) => section === "lease" && key === "ttl");
    if (ttl !== undefined || !setsTtl) {
        setTtl(project, file, { ttl: ttl ?? ttlOf(existing), isNew: from !== undefined });
    }
    if (from !== undefined && !isCopy) {
        if (ttl !== undefined) {
            // A shorter or longer life is no other environment.
            setTtl(project, existing, { ttl, isNew: false });
        }
        copyLock(existing, file);
        refuseDifferent(existing, file, environment);
    }
    // Both say the same by now; the one that is there has its owner's comments, and the keys of its stack.
    const own = isCopy ? file : existing;
    const unchanged = (): boolean => existing.exists && isDeepStrictEqual(before, own.config);
    const resolve = (): EnvironmentSettings =>
        resolveEnvironment(project, environment, own, { nextStep: otherValues(project, request, existing) });
    const changes = unchanged() ? [] : describeChanges(request, sizes, own);
    const read = resolve();
    return {
        environment: read,
        resolve,
        changes,
        ...(from !== undefined || areStated(project, environment, own)
            ? {}
            : { onKept: (kept) => (changes.length === 0 ? keepSettings(read, kept) : refuseToWrite(read)) }),
        ...(isCopy
            ? { commandWithoutLock: upCommand({ ...request, set: [...set, "hostImage.lock="] }) }
            : {}),
        lockImage: (lock) => void changes.push(setLock(project, own, lock)),
        save: () => (unchanged() ? Promise.resolve(() => Promise.resolve()) : own.write()),
    };
}

/** What to do about values that are wrong, which stand on the command line, in a file, or in the file that is copied. */
function otherValues(
    project: Project,
    { environment, from, set, ttl, hosts }: SettingsRequest,
    existing: SettingsFile,
): (files: readonly string[]) => Line {
    if (hosts !== undefined) {
        // Everything else was right before the number was written.
        return () => scaleCommand(environment, { ...hosts, count: { placeholder: "count" } });
    }
    const given = [set.length > 0 && "--set", ttl !== undefined && "--ttl"].filter(
        (option) => option !== false,
    );
    const copied =
        from === undefined || !existing.isFree ? undefined : path.basename(settingsFilePath(project, from));
    return (files) =>
        [
            ...(given.length > 0 ? [`give other values with ${given.join(" and ")}`] : []),
            editFiles(files.map((name) => (name === existing.name ? (copied ?? name) : name))),
        ].join(", or ");
}

/** @throws AppError SETTINGS_CONFLICT where others use the settings that would change */
function requirePersonal({ environment, from, set, ttl }: SettingsRequest, existing: SettingsFile): void {
    if (from !== undefined || (set.length === 0 && ttl === undefined) || existing.basedOn !== undefined) {
        return;
    }
    throw new AppError("SETTINGS_CONFLICT", {
        message: `${ttl === undefined ? "--set changes" : "--ttl is for"} personal environments only, and ${environment} is not one: no ${existing.name} made by --from`,
        hint: command(
            "up",
            { placeholder: "your name" },
            "--from",
            existing.exists ? environment : { placeholder: "environment" },
            ...(ttl === undefined ? ["--set", set[0]] : ["--ttl", ttl]),
        ),
    });
}

/** The command line that writes a number of hosts into the settings, and makes it so. */
export function scaleCommand(
    environment: string,
    { count, adjustLimits }: Pick<HostCount, "adjustLimits"> & { readonly count: number | Placeholder },
): CommandLine {
    const typed = typeof count === "number" ? String(count) : count;
    return command("hosts", "scale", environment, typed, adjustLimits && "--adjust-limits");
}

/** The command line of an `up`, or of what does the same, with everything that it says about the settings. */
export function upCommand({
    environment,
    from,
    set,
    adoptCluster,
    ttl,
    hosts,
}: SettingsRequest): CommandLine {
    if (hosts !== undefined) {
        return scaleCommand(environment, hosts);
    }
    return command(
        "up",
        environment,
        from !== undefined && ["--from", from],
        ttl !== undefined && ["--ttl", ttl],
        set.flatMap((override) => ["--set", override]),
        adoptCluster && "--adopt-cluster",
    );
}

async function copySettings(
    project: Project,
    environment: string,
    { from, existing }: { readonly from: string; readonly existing: SettingsFile },
): Promise<SettingsFile> {
    checkEnvironmentName(from);
    if (from === environment) {
        throw new AppError("USAGE", { message: `--from names the environment itself: ${from}` });
    }
    const base = await openSettingsFile(project, from);
    if (!base.exists) {
        const names = await settingsFileNames(project);
        throw new AppError("ENVIRONMENT_NOT_FOUND", {
            message: `there is no ${base.name} to copy from, got ${from}, expected one of: ${names.join(", ") || "(none yet)"}`,
        });
    }
    const copy = base.copyTo(existing, environment);
    copy.set(["basedOn"], from);
    return copy;
}

function refuseDifferent(existing: SettingsFile, wanted: SettingsFile, environment: string): void {
    const keys = new Set([...Object.keys(existing.config), ...Object.keys(wanted.config)]);
    const different = [...keys].filter((key) => !isDeepStrictEqual(existing.config[key], wanted.config[key]));
    if (different.length > 0) {
        throw new AppError("SETTINGS_CONFLICT", {
            message: `${existing.name} exists already and says something else than --from and --set`,
            details: different.map(
                (key) =>
                    `${key}: the file says ${show(existing.config[key])}, the command line ${show(wanted.config[key])}`,
            ),
            hint: command("up", environment),
        });
    }
}

function show(value: unknown): string {
    return value === undefined ? "nothing" : JSON.stringify(value);
}

function describeChanges(
    { environment, from, set, adoptCluster, ttl }: SettingsRequest,
    sizes: readonly string[],
    file: SettingsFile,
): string[] {
    const parts = [
        ...(from === undefined ? [] : [`settings of ${from}`]),
        ...set,
        ...sizes,
        ...(adoptCluster ? ["adoptCluster=true"] : []),
        ...(ttl === undefined ? [] : [`lease.ttl=${ttl}`]),
    ];
    return parts.length === 0 ? [] : [`${file.name} now says for ${environment}: ${parts.join(", ")}`];
}

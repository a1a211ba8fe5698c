import fs from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { command, type CommandLine } from "../../../components/model/commandLine";
import type * as local from "../../../local";
import type { CommonOptions } from "../../command/command";
import { AppError } from "../../errors/appError";
import type { ErrorCode } from "../../errors/errorCatalogue";
import type { Context } from "../../ports/context";

/** What the commands need of the local cloud; local/index.ts is the real one. */
export type LocalCloud = Pick<
    typeof local,
    | "startLocalCloud"
    | "stopLocalCloud"
    | "localCloudStatus"
    | "isLocalCloudKept"
    | "resetLocalCloud"
    | "localCloudEnvironment"
    | "stateFolder"
>;

export type LocalCloudInfo = local.LocalCloudInfo;

/**
 * Starts a local cloud.
 * @throws AppError LOCAL_CLOUD_PORT when the port is taken, LOCAL_CLOUD_CONTAINERS without an engine, LOCAL_CLOUD_FAILED for every other reason.
 */
export async function startCloud(
    cloud: LocalCloud,
    options: local.StartLocalCloudOptions,
    hint?: CommandLine,
): Promise<LocalCloudInfo> {
    try {
        return await cloud.startLocalCloud(options);
    } catch (error) {
        const { name, message } = error as Error;
        const code = codes[name] ?? "LOCAL_CLOUD_FAILED";
        throw new AppError(code, { message, cause: error, ...(code === "LOCAL_CLOUD_FAILED" && { hint }) });
    }
}

const codes: Readonly<Record<string, ErrorCode | undefined>> = {
    PortTakenError: "LOCAL_CLOUD_PORT",
    NoEngineError: "LOCAL_CLOUD_CONTAINERS",
};

/** How tasks run on a local cloud, as the end of a sentence. */
export function tasksText({ containers }: Pick<LocalCloudInfo, "containers">): string {
    return containers !== undefined && containers.kind !== "simulated"
        ? `tasks are real containers, of ${containers.kind} at ${containers.engine} (version ${containers.version})`
        : "tasks are simulated, as it was started without --containers docker: nothing answers at their ports";
}

/** The directory of a local cloud as it was given, if it was. */
export interface GivenDirectory {
    readonly directory?: string;
}

/** A command to go on with on the same local cloud: in another directory it would find another one. */
export function onSameCloud({ directory }: GivenDirectory, ...words: readonly string[]): CommandLine {
    return command("local", ...words, directory !== undefined && ["--directory", directory]);
}

/** @throws AppError LOCAL_CLOUD_NOT_RUNNING. */
export async function requireRunning(
    cloud: LocalCloud,
    place: string,
    given: GivenDirectory,
): Promise<LocalCloudInfo> {
    const info = await cloud.localCloudStatus(place);
    if (info === undefined) {
        throw new AppError("LOCAL_CLOUD_NOT_RUNNING", {
            message: `no local cloud runs from ${place}`,
            hint: onSameCloud(given, "start"),
        });
    }
    return info;
}

/**
 * Where a local cloud keeps its state, its log and the state of the environments on it: the directory given, relative to
 * the working directory, else `.sles-ecs/local` in the project.
 * @throws AppError PROJECT_NOT_FOUND
 */
export async function chosenDirectory(
    { directory, projectDirectory }: Pick<CommonOptions, "projectDirectory"> & GivenDirectory,
    context: Context,
): Promise<string> {
    if (directory !== undefined) {
        return path.resolve(context.directory, directory);
    }
    const { openProject } = await import("../../settings/project");
    const project = await openProject(context, projectDirectory);
    return path.join(project.directory, ".sles-ecs", "local");
}

/**
 * Names of the environments that stand on a local cloud, by the states of its backend. What cannot be read, such as the state of an
 * update that is under way, counts as standing. Those of one name are told apart by their projects.
 */
export async function standingOn(cloud: LocalCloud, directory: string): Promise<readonly string[]> {
    const stacks = path.join(pulumiFolder(cloud, directory), "stacks");
    const files = await fs.readdir(stacks, { recursive: true }).catch(() => []);
    const named = files.filter((file) => stateEnding.test(file));
    const standing = await Promise.all(named.map(async (file) => stands(path.join(stacks, file))));
    const stacksThere = named
        .filter((_, index) => standing[index])
        .map((file) => file.replace(stateEnding, "").split(path.sep).join("/"));
    const names = stacksThere.map((stack) => path.posix.basename(stack));
    const isShared = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
    return names.map((name, index) => (isShared(name) ? (stacksThere[index] ?? name) : name)).sort();
}

/** Compressed with PULUMI_DIY_BACKEND_GZIP. */
const stateEnding = /\.json(?:\.gz)?$/;

async function stands(file: string): Promise<boolean> {
    try {
        const bytes = await fs.readFile(file);
        const text = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
        const { checkpoint } = JSON.parse(text.toString("utf8")) as {
            checkpoint?: { latest?: { resources?: readonly { custom?: boolean; type?: string }[] } };
        };
        const resources = checkpoint?.latest?.resources ?? [];
        return resources.some(({ custom, type }) => custom === true && type?.startsWith("aws:") === true);
    } catch {
        return true;
    }
}

/**
 * Removes the state of all environments of a local cloud. An emulated AWS that was emptied or started anew holds
 * nothing of what they describe, and an `up` that trusts them would create nothing.
 */
export async function forgetStacks(cloud: LocalCloud, directory: string): Promise<void> {
    await fs.rm(pulumiFolder(cloud, directory), { recursive: true, force: true });
}

/** `environments alice, bob`, or nothing where there are none. */
export function environmentsText(names: readonly string[]): string {
    return names.length === 0
        ? ""
        : `${names.length === 1 ? "environment" : "environments"} ${names.join(", ")}`;
}

/** The folder that Pulumi makes in a file backend; whatever else is there is not ours. */
function pulumiFolder(cloud: LocalCloud, directory: string): string {
    return path.join(cloud.stateFolder({ directory }), ".pulumi");
}

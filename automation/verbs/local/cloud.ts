import path from "node:path";

import type * as local from "../../../local";
import { AppError } from "../../errors/appError";

/** What the commands need of the local cloud; local/index.ts is the real one. */
export type LocalCloud = Pick<
    typeof local,
    "startLocalCloud" | "stopLocalCloud" | "localCloudStatus" | "resetLocalCloud" | "localCloudEnvironment"
>;

export type LocalCloudInfo = local.LocalCloudInfo;

/**
 * Starts a local cloud.
 * @throws AppError LOCAL_CLOUD_PORT when the port is taken, LOCAL_CLOUD_FAILED for every other reason.
 */
export async function startCloud(
    cloud: LocalCloud,
    options: local.StartLocalCloudOptions,
): Promise<LocalCloudInfo> {
    try {
        return await cloud.startLocalCloud(options);
    } catch (error) {
        const { name, message } = error as Error;
        const code = name === "PortTakenError" ? "LOCAL_CLOUD_PORT" : "LOCAL_CLOUD_FAILED";
        throw new AppError(code, { message, cause: error });
    }
}

/** Where a local cloud keeps its state, its log and the state of the environments on it. */
export interface LocalPlace {
    /** As given on the command line, relative to the working directory. */
    readonly directory: string | undefined;
    /** Folder of the project, given or found. */
    readonly projectDirectory: string;
    readonly workingDirectory: string;
}

/** @returns the directory asked for, else `.sles-ecs/local` in the project. */
export function localDirectory(place: LocalPlace): string {
    return place.directory === undefined
        ? path.join(place.projectDirectory, ".sles-ecs", "local")
        : path.resolve(place.workingDirectory, place.directory);
}

/** @throws AppError LOCAL_CLOUD_NOT_RUNNING. */
export async function requireRunning(cloud: LocalCloud, directory: string): Promise<LocalCloudInfo> {
    const info = await cloud.localCloudStatus(directory);
    if (info === undefined) {
        throw new AppError("LOCAL_CLOUD_NOT_RUNNING", { message: `no local cloud runs from ${directory}` });
    }
    return info;
}

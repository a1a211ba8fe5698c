import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { brokenOff, isRunOf, readRuns, withRun, type RunRecord } from "../../components/model/runRecord";
import { secondsBetween } from "../output/durations";
import { makeFolder } from "../output/makeFolder";
import { removeHalfWritten, replaceFile } from "../output/replaceFile";
import type { Context } from "../ports/context";
import { lifeOf, thisMachine } from "../setup/machine";
import { findCacheDirectory } from "../setup/setup";

/** A run notes how far it is every second; more seldom where that takes long, and clocks of machines differ. */
const longestSilenceSeconds = 5 * 60;
/** No file takes so long to write. */
const longestWriteMilliseconds = 3_600_000;

/** Which environment of which project on this machine. */
export interface RunsOf {
    readonly projectDirectory: string;
    readonly environment: string;
    readonly owner: Pick<RunRecord, "stack" | "stackId">;
}

/** The last runs of an environment on this machine, oldest first; none where nothing can be read. */
export async function readKeptRuns(
    { env, clock }: Pick<Context, "env" | "clock">,
    of: RunsOf,
): Promise<readonly RunRecord[]> {
    const file = fileOf(env, of);
    const text = file === undefined ? "" : await readFile(file, "utf8").catch(() => "");
    const runs = readRuns(text).filter((run) => isRunOf(run, of.owner));
    if (runs.every(({ process }) => process === undefined)) {
        return runs;
    }
    const here = await thisMachine(env);
    const now = clock.now();
    return runs.map((run) => (mayGoOn(run, here, now) ? run : brokenOff(run)));
}

/** Whether a process may still do it; of one elsewhere only what it notes tells that it lives. */
function mayGoOn({ process, endedAt }: RunRecord, here: string | undefined, now: Date): boolean {
    const life = process && lifeOf(process, here);
    const isSilent = secondsBetween(new Date(endedAt), now) > longestSilenceSeconds;
    return life === "alive" || (life === "unknown" && !isSilent);
}

/** Removes what runs that were killed have left half written, of whatever environment. */
export async function sweepRuns({ env, clock }: Pick<Context, "env" | "clock">): Promise<void> {
    const folder = folderIn(env);
    if (folder !== undefined) {
        await removeHalfWritten(folder, new Date(clock.now().getTime() - longestWriteMilliseconds));
    }
}

/**
 * Keeps a run, and the latest of those before it, of which none goes on: there is one at a time. A run is not failed by
 * what cannot be kept of it.
 */
export async function keepRun(
    env: Context["env"],
    of: RunsOf,
    before: readonly RunRecord[],
    run: RunRecord,
): Promise<void> {
    const file = fileOf(env, of);
    if (file === undefined) {
        return;
    }
    try {
        await makeFolder(path.dirname(file));
        const earlier = before.filter((one) => isRunOf(one, of.owner)).map(brokenOff);
        await replaceFile(file, withRun(earlier, run));
    } catch {
        // Then a picture has no timeline of it.
    }
}

function fileOf(
    env: Context["env"],
    { projectDirectory, environment }: Pick<RunsOf, "projectDirectory" | "environment">,
): string | undefined {
    const folder = folderIn(env);
    const name = createHash("sha256")
        .update(`${path.resolve(projectDirectory)}\0${environment}`)
        .digest("hex")
        .slice(0, 32);
    return folder && path.join(folder, `${name}.json`);
}

function folderIn(env: Context["env"]): string | undefined {
    const cache = findCacheDirectory(env);
    return cache && path.join(cache, "runs");
}

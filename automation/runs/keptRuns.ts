import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { isRunOf, readRuns, withRun, type RunRecord } from "../../components/model/runRecord";
import { makeFolder } from "../output/makeFolder";
import { replaceFile } from "../output/replaceFile";
import type { Context } from "../ports/context";
import { findCacheDirectory } from "../setup/setup";

/** Which environment of which project on this machine. */
export interface RunsOf {
    readonly projectDirectory: string;
    readonly environment: string;
    readonly owner: Pick<RunRecord, "stack" | "stackId">;
}

/** The last runs of an environment on this machine, oldest first; none where nothing can be read. */
export async function readKeptRuns(env: Context["env"], of: RunsOf): Promise<readonly RunRecord[]> {
    const file = fileOf(env, of);
    const text = file === undefined ? "" : await readFile(file, "utf8").catch(() => "");
    return readRuns(text).filter((run) => isRunOf(run, of.owner));
}

/** Keeps a run, and of those before it the latest. A run is not failed by what cannot be kept of it. */
export async function keepRun(env: Context["env"], of: RunsOf, run: RunRecord): Promise<void> {
    const file = fileOf(env, of);
    if (file === undefined) {
        return;
    }
    try {
        const before = await readKeptRuns(env, of);
        await makeFolder(path.dirname(file));
        await replaceFile(file, withRun(before, run));
    } catch {
        // Then a picture has no timeline of it.
    }
}

function fileOf(
    env: Context["env"],
    { projectDirectory, environment }: Pick<RunsOf, "projectDirectory" | "environment">,
): string | undefined {
    const cache = findCacheDirectory(env);
    const name = createHash("sha256")
        .update(`${path.resolve(projectDirectory)}\0${environment}`)
        .digest("hex")
        .slice(0, 32);
    return cache && path.join(cache, "runs", `${name}.json`);
}

import { copyFile, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { StateDamage, StateVersion } from "../ports/engine";
import { asRecord } from "../settings/project";
import { standingIn, stateOf } from "./state";

/** Whose files they are, and the folder of the `file://` backend that has them. */
interface StateFiles {
    readonly directory: string;
    readonly project: string;
    readonly stack: string;
}

/**
 * Looks for what a power failure has cut. Pulumi writes a state under another name and then renames it, having copied the one
 * before to `.bak`; beside each file its library keeps a small one, `.attrs`, which it writes in place. So a kill cuts the
 * small one, and only a loss of what the disk had not written yet the state.
 * Sources: https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/state.go (saveCheckpoint) and
 * https://github.com/google/go-cloud/blob/master/blob/fileblob (writerWithSidecar.Close, setAttrs)
 * @returns undefined where nothing is
 */
export async function examineState(files: StateFiles): Promise<StateDamage | undefined> {
    const folder = path.join(files.directory, ".pulumi", "stacks", files.project);
    const names = await namesIn(folder);
    const name = [".json", ".json.gz"].map((end) => files.stack + end).find((one) => names.includes(one));
    if (name === undefined) {
        return undefined;
    }
    const file = path.join(folder, name);
    const attributes = await cutAttributes(folder, names, files.stack);
    if ((await resourcesIn(file)) !== undefined) {
        return attributes.length === 0 ? undefined : { file, attributes, remedy: "keep" };
    }
    const versions = await keptVersions(files, folder, names);
    const remedy = versions.length === 0 ? "forget" : ((await newestWhole(versions)) ?? "none");
    return { file, attributes, remedy };
}

/** Does what there is to do. What was cut stays as `.damaged`. */
export async function restoreState({ file, attributes, remedy }: StateDamage): Promise<void> {
    if (remedy === "none") {
        return;
    }
    if (remedy !== "keep") {
        const beside = `${file}.restoring`;
        if (remedy !== "forget") {
            await copyFile(remedy.file, beside);
        }
        if (remedy === "forget") {
            await rename(file, `${file}.damaged`);
        } else {
            // Never without a file: an update would take that for an environment that does not exist.
            await copyFile(file, `${file}.damaged`);
            await rename(beside, file);
        }
        await rm(`${file}.attrs`, { force: true });
    }
    // They tell of a file what nobody asks for; where there are none, the library takes that for granted (getAttrs).
    await Promise.all(attributes.map((one) => rm(one, { force: true })));
}

/** What is kept of earlier versions, in any order: the one before the last, those of every update, and all if so wished. */
async function keptVersions(
    { directory, project, stack }: StateFiles,
    folder: string,
    names: readonly string[],
): Promise<readonly string[]> {
    const backups = path.join(directory, ".pulumi", "backups", project, stack);
    const beside = /^\.json(\.gz)?(\.bak|\.\d+)$/;
    const update = /^\.\d+\.json(\.gz)?$/;
    const fitting = (all: readonly string[], end: RegExp): readonly string[] =>
        all.filter((name) => name.startsWith(stack) && end.test(name.slice(stack.length)));
    return [
        ...fitting(names, beside).map((name) => path.join(folder, name)),
        ...fitting(await namesIn(backups), update).map((name) => path.join(backups, name)),
    ];
}

async function newestWhole(versions: readonly string[]): Promise<StateVersion | undefined> {
    const dated = await Promise.all(
        versions.map(async (file) => ({ file, writtenAt: (await stat(file)).mtime.toISOString() })),
    );
    for (const version of dated.sort((one, other) => other.writtenAt.localeCompare(one.writtenAt))) {
        const resourceCount = await resourcesIn(version.file);
        if (resourceCount !== undefined) {
            return { ...version, resourceCount };
        }
    }
    return undefined;
}

/** How many resources of AWS a state has; undefined where it is cut, or none. */
async function resourcesIn(file: string): Promise<number | undefined> {
    try {
        const bytes = await readFile(file);
        const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
        const text = (isCompressed ? await promisify(gunzip)(bytes) : bytes).toString("utf8");
        const { checkpoint } = asRecord(JSON.parse(text) as unknown);
        const { latest, stack } = asRecord(checkpoint);
        return typeof stack === "string" ? standingIn(stateOf(asRecord(latest))).length : undefined;
    } catch {
        return undefined;
    }
}

async function cutAttributes(
    folder: string,
    names: readonly string[],
    stack: string,
): Promise<readonly string[]> {
    const own = names.filter((name) => name.startsWith(`${stack}.json`) && name.endsWith(".attrs"));
    const isCut = await Promise.all(
        own.map(async (name) => {
            try {
                JSON.parse(await readFile(path.join(folder, name), "utf8"));
                return false;
            } catch {
                return true;
            }
        }),
    );
    return own.filter((_, index) => isCut[index]).map((name) => path.join(folder, name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
    return readdir(folder).catch(() => []);
}

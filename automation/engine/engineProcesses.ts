import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import type { ProcessLife } from "../../components/model/knownProcess";
import type { LockHolder } from "../ports/lockHolder";
import { makeFolder } from "../output/makeFolder";
import { isGone, processStart, seemsEarlier, thisMachine } from "../setup/machine";
import { findCacheDirectory } from "../setup/setup";

type Env = Readonly<Record<string, string | undefined>>;

/** Commands of the CLI that take the lock of a stack. */
const locking: readonly string[] = ["up", "destroy", "refresh"];

/** How long after its start an engine takes its lock. */
const longestStartMilliseconds = 600_000;

/**
 * Notes that this machine has started an engine. Pulumi's lock tells a process by its number and the name of its machine only;
 * many machines are called alike, and what seems dead here may live elsewhere.
 * @returns what takes the note away
 */
export async function noteEngine(
    env: Env,
    command: string | undefined,
    processId: number | undefined,
): Promise<() => Promise<void>> {
    const file = noteFile(env, processId);
    if (file === undefined || command === undefined || !locking.includes(command)) {
        return () => Promise.resolve();
    }
    try {
        const started = processId === undefined ? undefined : processStart(processId);
        const note: Note = { machine: await thisMachine(env), startedAt: Date.now(), started };
        await makeFolder(path.dirname(file));
        await fs.writeFile(file, JSON.stringify(note));
    } catch {
        // Without the note a person has to say that the engine is dead.
    }
    return () => fs.rm(file, { force: true });
}

/** Engines that hold a lock, with what is known of them here. */
export function judgeEngines(
    env: Env,
    holders: readonly Omit<LockHolder, "life">[],
): Promise<readonly LockHolder[]> {
    return Promise.all(holders.map(async (one) => ({ ...one, life: await lifeOfEngine(env, one) })));
}

/** What is known here of an engine that holds a lock. */
export async function lifeOfEngine(
    env: Env,
    { host, processId, since }: Pick<LockHolder, "host" | "processId" | "since">,
): Promise<ProcessLife> {
    if (host !== os.hostname()) {
        return "unknown";
    }
    const { machine, startedAt, started } = await readNote(env, processId);
    const passed = Date.parse(since) - startedAt;
    // Pulumi writes whole seconds.
    const isNoted = passed > -1000 && passed < longestStartMilliseconds;
    const here = await thisMachine(env);
    const isOurs = isNoted && machine !== undefined && machine === here;
    const gone = isGone(processId, isOurs ? started : undefined);
    if (isOurs) {
        return gone ? "dead" : "alive";
    }
    // Since a later start of the machine another process may have its number.
    return gone || (isNoted && seemsEarlier(machine, here)) ? "seemsDead" : "unknown";
}

/** What is noted of an engine. */
interface Note {
    /** See `thisMachine`. */
    readonly machine?: string;
    /** In milliseconds. */
    readonly startedAt: number;
    /** See `processStart`. */
    readonly started?: string;
}

async function readNote(env: Env, processId: number): Promise<Note> {
    try {
        const text = await fs.readFile(noteFile(env, processId) ?? "", "utf8");
        return JSON.parse(text) as Note;
    } catch {
        return { startedAt: Number.NaN };
    }
}

function noteFile(env: Env, processId: number | undefined): string | undefined {
    const cache = findCacheDirectory(env);
    return cache === undefined || processId === undefined
        ? undefined
        : path.join(cache, "engines", `${processId}.json`);
}

import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { AppError } from "../errors/appError";
import { makeFolder } from "../output/makeFolder";
import { isGone } from "./machine";
import { cacheDirectory, type Setup } from "./setup";

const pollMilliseconds = 300;
/** A lock of another machine (a home directory on a network) cannot be checked; this old it counts as left behind. */
const foreignLockMilliseconds = 60 * 60 * 1000;
/** Removing a lock takes milliseconds; a remover this old has been killed. */
const removerMilliseconds = 10 * 1000;

interface Holder {
    readonly pid: number;
    readonly host: string;
}

/**
 * Runs `work` while no other set-up works on the same tool of the same cache. Waits for one that does, and says so; a lock that a
 * killed set-up left behind is taken over.
 * @throws AppError CACHE_UNUSABLE when the cache directory cannot be written.
 */
export async function withSetupLock<T>(setup: Setup, tool: string, work: () => Promise<T>): Promise<T> {
    const cache = cacheDirectory(setup.env);
    const lock = path.join(cache, `${tool}.lock`);
    await makeWritable(cache);
    let told = false;
    while (!(await take(lock))) {
        const holder = await readHolder(lock);
        if (holder !== undefined && (await isLeftBehind(lock, holder))) {
            await removeLeftBehind(lock, holder);
            continue;
        }
        if (holder !== undefined && !told) {
            setup.report(
                `set-up: waiting for the one that already runs (process ${holder.pid} on ${holder.host})`,
            );
            told = true;
        }
        await wait(pollMilliseconds, undefined, { signal: setup.signal }).catch(() =>
            setup.signal.throwIfAborted(),
        );
    }
    try {
        return await work();
    } finally {
        await fs.rm(lock, { force: true });
    }
}

async function makeWritable(cache: string): Promise<void> {
    try {
        await makeFolder(cache);
        await fs.access(cache, fs.constants.W_OK);
    } catch (error) {
        throw new AppError("CACHE_UNUSABLE", {
            message: `the cache directory ${cache} cannot be written: ${(error as Error).message}`,
            cause: error,
        });
    }
}

/** A hard link appears with its content or not at all, which an exclusively opened file does not. */
async function take(lock: string): Promise<boolean> {
    const own = `${lock}.${randomUUID()}`;
    const holder: Holder = { pid: process.pid, host: os.hostname() };
    await fs.writeFile(own, JSON.stringify(holder));
    try {
        await fs.link(own, lock);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") {
            return false;
        }
        throw error;
    } finally {
        await fs.rm(own, { force: true });
    }
}

async function readHolder(lock: string): Promise<Holder | undefined> {
    try {
        return JSON.parse(await fs.readFile(lock, "utf8")) as Holder;
    } catch (error) {
        // Gone in between, or damaged: then it ages like the lock of another machine.
        return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : { pid: 0, host: "unknown" };
    }
}

async function isLeftBehind(lock: string, holder: Holder): Promise<boolean> {
    if (holder.host !== os.hostname()) {
        return (await ageMilliseconds(lock)) > foreignLockMilliseconds;
    }
    return isGone(holder.pid);
}

/** One remover at a time, which looks again: the lock may be a new one by now. */
async function removeLeftBehind(lock: string, holder: Holder): Promise<void> {
    const remover = `${lock}.remove`;
    try {
        await fs.mkdir(remover);
    } catch {
        if ((await ageMilliseconds(remover)) > removerMilliseconds) {
            await fs.rm(remover, { recursive: true, force: true });
        }
        return;
    }
    try {
        const now = await readHolder(lock);
        if (now?.pid === holder.pid && now.host === holder.host) {
            await fs.rm(lock, { force: true });
        }
    } finally {
        await fs.rm(remover, { recursive: true, force: true });
    }
}

async function ageMilliseconds(file: string): Promise<number> {
    try {
        return Date.now() - (await fs.stat(file)).mtimeMs;
    } catch {
        return 0;
    }
}

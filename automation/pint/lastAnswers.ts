import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

import { secondsBetween } from "../output/durations";
import type { Failure } from "./fetchRecords";

type Content = Readonly<Record<string, unknown>>;

/** File of the cache; undefined where nothing is kept. */
export type CacheFile = string | undefined;

/** What a file of the cache says of an address; empty when it is about another one, or cannot be read. */
export async function readCacheFile(file: CacheFile, url: string): Promise<Content> {
    if (file === undefined) {
        return {};
    }
    try {
        const content = JSON.parse(await fs.readFile(file, "utf8")) as Content;
        return content["url"] === url ? content : {};
    } catch {
        return {};
    }
}

/** Writes a file of the cache, whole or not at all. A disk that takes none is no reason to fail. */
export async function writeCacheFile(file: CacheFile, url: string, content: Content): Promise<void> {
    if (file === undefined) {
        return;
    }
    const own = `${file}.${randomUUID()}`;
    try {
        await fs.mkdir(path.dirname(file), { recursive: true });
        await fs.writeFile(own, JSON.stringify({ url, ...content }));
        await fs.rename(own, file);
    } catch {
        await removeCacheFile(own);
    }
}

export async function removeCacheFile(file: CacheFile): Promise<void> {
    if (file !== undefined) {
        await fs.rm(file, { force: true }).catch(() => undefined);
    }
}

/** A time that a file of the cache tells; undefined when it is none. */
export function timeOf(value: unknown): Date | undefined {
    const time = typeof value === "string" ? new Date(value) : undefined;
    return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

/** Whether something is of the last so many seconds. A time to come, left by a wrong clock, is none of them. */
export function isRecent(then: Date, now: Date, seconds: number): boolean {
    return then <= now && secondsBetween(then, now) <= seconds;
}

/** For people: a clock that was set back must not make anything younger than new. */
export function ageSeconds(then: Date, now: Date): number {
    return Math.max(0, secondsBetween(then, now));
}

/** An answer of pint on disk. */
export interface KeptAnswer {
    readonly records: readonly unknown[];
    readonly fetchedAt: Date;
}

/**
 * The answer that is kept in a file; undefined when there is none of that address, or nothing that can be read.
 * One file serves a region and state whatever the address, so that pints on ever changing ports do not pile up.
 */
export async function readKept(file: CacheFile, url: string): Promise<KeptAnswer | undefined> {
    const { records, fetchedAt: text } = await readCacheFile(file, url);
    const fetchedAt = timeOf(text);
    return fetchedAt !== undefined && Array.isArray(records) ? { records, fetchedAt } : undefined;
}

export function keep(file: CacheFile, url: string, { records, fetchedAt }: KeptAnswer): Promise<void> {
    return writeCacheFile(file, url, { fetchedAt: fetchedAt.toISOString(), records });
}

/** That pint gave no answer, and when. */
export interface LastFailure extends Failure {
    readonly failedAt: Date;
}

/** The failure beside a kept answer; undefined when the last attempt did not fail, or nothing can be read. */
export async function readFailure(answerFile: CacheFile, url: string): Promise<LastFailure | undefined> {
    const { what, unknownRegion, failedAt: text } = await readCacheFile(fileOf(answerFile), url);
    const failedAt = timeOf(text);
    return failedAt !== undefined && typeof what === "string"
        ? { what, unknownRegion: unknownRegion === true, failedAt }
        : undefined;
}

export function keepFailure(
    answerFile: CacheFile,
    url: string,
    { what, unknownRegion, failedAt }: LastFailure,
): Promise<void> {
    return writeCacheFile(fileOf(answerFile), url, { what, unknownRegion, failedAt: failedAt.toISOString() });
}

export function forgetFailure(answerFile: CacheFile): Promise<void> {
    return removeCacheFile(fileOf(answerFile));
}

function fileOf(answerFile: CacheFile): CacheFile {
    return answerFile?.replace(/\.json$/, "-failed.json");
}

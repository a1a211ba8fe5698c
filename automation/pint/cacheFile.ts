import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

import { secondsBetween } from "../output/durations";

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

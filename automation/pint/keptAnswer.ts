import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

/** An answer of pint on disk. */
export interface KeptAnswer {
    readonly records: readonly unknown[];
    readonly fetchedAt: Date;
}

/**
 * The answer that is kept in a file; undefined when there is none of that address, or nothing that can be read.
 * One file serves a region and state whatever the address, so that pints on ever changing ports do not pile up.
 */
export async function readKept(file: string, url: string): Promise<KeptAnswer | undefined> {
    try {
        const kept = JSON.parse(await fs.readFile(file, "utf8")) as Partial<Record<string, unknown>>;
        const fetchedAt = new Date(String(kept["fetchedAt"]));
        return kept["url"] === url && Array.isArray(kept["records"]) && !Number.isNaN(fetchedAt.getTime())
            ? { records: kept["records"] as readonly unknown[], fetchedAt }
            : undefined;
    } catch {
        return undefined;
    }
}

/** Keeps an answer. A disk that takes none is no reason to fail: the answer is there. */
export async function keep(file: string, url: string, { records, fetchedAt }: KeptAnswer): Promise<void> {
    const own = `${file}.${randomUUID()}`;
    try {
        await fs.mkdir(path.dirname(file), { recursive: true });
        await fs.writeFile(own, JSON.stringify({ url, fetchedAt: fetchedAt.toISOString(), records }));
        await fs.rename(own, file);
    } catch {
        await fs.rm(own, { force: true }).catch(() => undefined);
    }
}

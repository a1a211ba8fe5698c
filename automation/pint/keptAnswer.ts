import { readCacheFile, timeOf, writeCacheFile, type CacheFile } from "./cacheFile";

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

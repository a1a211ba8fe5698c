import { readCacheFile, removeCacheFile, timeOf, writeCacheFile, type CacheFile } from "./cacheFile";
import type { Failure } from "./fetchRecords";

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

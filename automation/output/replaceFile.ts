import { randomUUID } from "node:crypto";
import { readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** What a file is called while it is written: as the one that it replaces, and an id. */
const besideName = /.\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Writes a file so that it has the old text or the new one at every moment, also on a full disk; in place where the
 * system lets nothing else take the file's name.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
    const target = await realpath(file).catch(() => file);
    const beside = `${target}.${randomUUID()}`;
    try {
        const mode = await stat(target).then(
            (stats) => stats.mode,
            () => undefined,
        );
        await writeFile(beside, text, { mode });
        await rename(beside, target).catch(async (error: unknown) => {
            // A file that is mounted by itself, as containers have it, is no name that could be given away (rename(2)).
            const { code } = error as NodeJS.ErrnoException;
            if (code !== "EBUSY" && code !== "EXDEV") {
                throw error;
            }
            await writeFile(target, text);
            await rm(beside, { force: true });
        });
    } catch (error) {
        await rm(beside, { force: true });
        throw error;
    }
}

/** Removes what writers that were killed have left beside the files of a folder before a moment. */
export async function removeHalfWritten(folder: string, before: Date): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const file of names.filter((name) => besideName.test(name)).map((name) => path.join(folder, name))) {
        const written = await stat(file).catch(() => undefined);
        if (written !== undefined && written.mtime < before) {
            await rm(file, { force: true }).catch(() => undefined);
        }
    }
}

import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";

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

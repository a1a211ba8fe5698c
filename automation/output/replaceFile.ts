import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";

/** Writes a file so that it has the old text or the new one at every moment, also on a full disk. */
export async function replaceFile(file: string, text: string): Promise<void> {
    const target = await realpath(file).catch(() => file);
    const beside = `${target}.${randomUUID()}`;
    try {
        const mode = await stat(target).then(
            (stats) => stats.mode,
            () => undefined,
        );
        await writeFile(beside, text, { mode });
        await rename(beside, target);
    } catch (error) {
        await rm(beside, { force: true });
        throw error;
    }
}

import { randomUUID } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";

import { AppError } from "../errors/appError";
import { shellWord } from "../../components/model/commandLine";

/** The text of a file; undefined where there is none. @throws AppError SETTINGS_FILE_UNREADABLE */
export async function readIfThere(file: string): Promise<string | undefined> {
    try {
        return await readFile(file, "utf8");
    } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === "ENOENT" || code === "ENOTDIR") {
            return undefined;
        }
        throw refusal(file, "read", error);
    }
}

/**
 * Writes a file so that it has the old text or the new one at every moment, also on a full disk.
 * @throws AppError SETTINGS_FILE_UNREADABLE
 */
export async function writeWhole(file: string, text: string): Promise<void> {
    const target = await realpath(file).catch(() => file);
    const beside = `${target}.${randomUUID()}`;
    try {
        const mode = await stat(target).then(
            (stats) => stats.mode,
            () => undefined,
        );
        await writeFile(beside, text, mode === undefined ? {} : { mode });
        await rename(beside, target);
    } catch (error) {
        await rm(beside, { force: true });
        throw refusal(file, "written", error);
    }
}

function refusal(file: string, verb: "read" | "written", cause: unknown): AppError {
    return new AppError("SETTINGS_FILE_UNREADABLE", {
        message: `${file} cannot be ${verb}: ${(cause as Error).message}`,
        hint: `ls -ld ${shellWord(file)}`,
        cause,
    });
}

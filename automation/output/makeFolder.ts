import { mkdir, readlink, stat } from "node:fs/promises";
import path from "node:path";

/** A folder cannot be made, or is something else than a folder; the message names the path and why. */
export class FolderError extends Error {
    constructor(folder: string, why: string) {
        super(`${folder}: ${why}`);
        this.name = "FolderError";
    }
}

/**
 * Makes a folder and those above it; one that is there is left as it is. Node's own recursive `mkdir` never ends where
 * the system keeps answering that there is no such folder to make one in, as below /proc.
 * @throws FolderError
 */
export async function makeFolder(folder: string): Promise<void> {
    const first = await codeOf(folder);
    if (first !== "ENOENT") {
        return requireFolder(folder, first);
    }
    const above = path.dirname(folder);
    if (above !== folder) {
        await makeFolder(above);
    }
    await requireFolder(folder, await codeOf(folder));
}

/** What making just this one folder comes to; undefined where it was made. */
async function codeOf(folder: string): Promise<string | undefined> {
    try {
        await mkdir(folder);
        return undefined;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code ?? String(error);
    }
}

/** A read-only file system refuses a folder that is there as one that is not, so that the folder itself decides. */
async function requireFolder(folder: string, code: string | undefined): Promise<void> {
    if (code === undefined) {
        return;
    }
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory()) {
        return;
    }
    if (found !== undefined) {
        throw new FolderError(folder, "it is there, and no folder");
    }
    const target = await readlink(folder).catch(() => undefined);
    throw target === undefined
        ? new FolderError(folder, `it cannot be made: ${words[code] ?? code} (${code})`)
        : new FolderError(folder, `it is a link to ${target}, which leads nowhere`);
}

const words: Readonly<Record<string, string>> = {
    EACCES: "permission denied",
    EPERM: "not permitted",
    EROFS: "the file system is read-only",
    ENOENT: "the system makes no folders there",
    ENOTDIR: "something above it is no folder",
    ENOSPC: "no space left on the device",
    ELOOP: "its links lead in a circle",
    ENAMETOOLONG: "the name is too long",
};

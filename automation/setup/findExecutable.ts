import fs from "node:fs/promises";
import path from "node:path";

import type { Setup } from "./setup";

/** Absolute path of a program on the PATH of the set-up, or undefined. */
export async function findExecutable(setup: Setup, name: string): Promise<string | undefined> {
    for (const directory of (setup.env["PATH"] ?? "").split(path.delimiter).filter((part) => part !== "")) {
        const file = path.resolve(directory, name);
        try {
            await fs.access(file, fs.constants.X_OK);
            if ((await fs.stat(file)).isFile()) {
                return file;
            }
        } catch {
            // Not here; the next directory of PATH.
        }
    }
    return undefined;
}

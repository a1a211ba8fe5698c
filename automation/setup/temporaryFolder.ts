import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { AppError } from "../errors/appError";

/** A new folder for things that do not outlive the command. @throws AppError FOLDER_UNUSABLE */
export async function makeTemporaryFolder(prefix: string): Promise<string> {
    const above = os.tmpdir();
    try {
        return await mkdtemp(path.join(above, prefix));
    } catch (error) {
        throw new AppError("FOLDER_UNUSABLE", {
            message: `no temporary folder can be made in ${above}: ${(error as Error).message}`,
            hint: "set TMPDIR to a folder that you may write",
            cause: error,
        });
    }
}

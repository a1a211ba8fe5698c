import path from "node:path";

import { AppError } from "../../errors/appError";
import { isThere } from "../../output/isThere";
import { FolderError, makeFolder } from "../../output/makeFolder";
import { EvidenceFile } from "../../teardown/evidenceFile";

/**
 * The file of an environment in a folder of records. Names are used again, and the record of an earlier environment stays: the id
 * tells them apart.
 */
export function recordIn(
    folder: string,
    { environment, stackId }: { readonly environment: string; readonly stackId: string | undefined },
): string {
    return path.join(folder, `${[environment, stackId].filter((part) => part !== undefined).join(".")}.json`);
}

/**
 * Makes sure that every record can be written, before anything is removed; makes the folder where it is missing.
 * @throws AppError FOLDER_UNUSABLE, EVIDENCE_FILE_UNUSABLE
 */
export async function prepareRecords(
    folder: string,
    all: Parameters<typeof recordIn>[1][],
    directory: string,
): Promise<void> {
    try {
        await makeFolder(path.resolve(directory, folder));
    } catch (cause) {
        if (!(cause instanceof FolderError)) {
            throw cause;
        }
        const message = `no evidence can be written to ${cause.message}`;
        throw new AppError("FOLDER_UNUSABLE", {
            message,
            hint: "name another folder with --evidence",
            cause,
        });
    }
    await Promise.all(all.map((one) => EvidenceFile.open(recordIn(folder, one), directory)));
}

/** The record, if one was written. */
export async function writtenRecord(file: string, directory: string): Promise<string | undefined> {
    return (await isThere(path.resolve(directory, file))) ? file : undefined;
}

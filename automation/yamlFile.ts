import { readFile } from "node:fs/promises";

import { isMap, parseDocument, type Document } from "yaml";

import { AppError } from "./errors";

/**
 * Reads a YAML file whose top level is a map, comments and all.
 * @returns undefined when there is no such file
 * @throws AppError SETTINGS_FILE_UNREADABLE
 */
export async function readYaml(filePath: string): Promise<Document | undefined> {
    let text: string;
    try {
        text = await readFile(filePath, "utf8");
    } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === "ENOENT" || code === "ENOTDIR") {
            return undefined;
        }
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} cannot be read: ${(error as Error).message}`,
            cause: error,
        });
    }
    return parseYaml(text, filePath);
}

function parseYaml(text: string, filePath: string): Document {
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} is not valid YAML`,
            details: problem.message.trimEnd().split("\n"),
            cause: problem,
        });
    }
    if (document.contents !== null && !isMap(document.contents)) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} holds something else than keys and values, such as "config:"`,
        });
    }
    return document;
}

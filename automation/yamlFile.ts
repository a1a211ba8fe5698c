import { readFile } from "node:fs/promises";

import { isMap, parseDocument, type Document } from "yaml";

import { AppError } from "./errors";

/** As Pulumi writes its files. */
export const defaultIndent = 2;

export interface YamlFile {
    /** With its comments. */
    readonly document: Document;
    /** How many blanks the file uses for a level. */
    readonly indent: number;
}

/**
 * Reads a YAML file whose top level is a map.
 * @returns undefined when there is no such file
 * @throws AppError SETTINGS_FILE_UNREADABLE
 */
export async function readYaml(filePath: string): Promise<YamlFile | undefined> {
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
    return {
        document: parseYaml(text, filePath),
        indent: /^( +)\S/m.exec(text)?.[1]?.length ?? defaultIndent,
    };
}

function parseYaml(text: string, filePath: string): Document {
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} is not valid YAML`,
            // What follows is an excerpt of the file with a mark under the place.
            details: [problem.message.split("\n")[0]?.replace(/:$/, "") ?? ""],
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

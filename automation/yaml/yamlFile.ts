import { readFile } from "node:fs/promises";

import { isMap, parseDocument, type Document } from "yaml";

import { AppError } from "../errors/appError";
import { shellWord } from "../output/shellWord";

export interface YamlFile {
    readonly text: string;
    /** What the text says, as plain values. */
    readonly values: unknown;
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
            hint: `ls -ld ${shellWord(filePath)}`,
            cause: error,
        });
    }
    return { text, values: parseYaml(text, filePath).toJS() as unknown };
}

function parseYaml(text: string, filePath: string): Document {
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} is not valid YAML`,
            // What follows is an excerpt of the file with a mark under the place.
            details: [problem.message.split("\n")[0]?.replace(/:$/, "") ?? ""],
            hint: `edit ${filePath}`,
            cause: problem,
        });
    }
    if (document.contents !== null && !isMap(document.contents)) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} holds something else than keys and values, such as "config:"`,
            hint: `edit ${filePath}`,
        });
    }
    return document;
}

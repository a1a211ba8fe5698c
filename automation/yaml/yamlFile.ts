import { isMap, parseDocument, type Document } from "yaml";

import { AppError } from "../errors/appError";
import { readIfThere } from "./textFile";

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
    const text = await readIfThere(filePath);
    return text === undefined ? undefined : { text, values: parseYaml(text, filePath).toJS() as unknown };
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

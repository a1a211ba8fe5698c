import { access, constants, readFile } from "node:fs/promises";
import path from "node:path";

import { type Document, isMap, parseDocument } from "yaml";

import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { replaceFile } from "../output/replaceFile";

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
    await requireWritable(file);
    try {
        await replaceFile(file, text);
    } catch (error) {
        throw refusal(file, "written", error);
    }
}

/**
 * Finds out whether a file could be written, or removed, before anything else is done. It is replaced by another of its
 * name, so that its folder counts; and who has made the file itself read-only does not want that.
 * @throws AppError SETTINGS_FILE_UNREADABLE
 */
export async function requireWritable(file: string): Promise<void> {
    try {
        await access(path.dirname(file), constants.W_OK);
        await access(file, constants.W_OK);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
            throw refusal(file, "written", error);
        }
    }
}

function refusal(file: string, verb: "read" | "written", cause: unknown): AppError {
    return new AppError("SETTINGS_FILE_UNREADABLE", {
        message: `${file} cannot be ${verb}: ${(cause as Error).message}`,
        hint: `ls -ld ${shellWord(file)}`,
        cause,
    });
}

interface YamlFile {
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
            hint: `edit ${shellWord(filePath)}`,
            cause: problem,
        });
    }
    if (document.contents !== null && !isMap(document.contents)) {
        throw new AppError("SETTINGS_FILE_UNREADABLE", {
            message: `${filePath} holds something else than keys and values, such as "config:"`,
            hint: `edit ${shellWord(filePath)}`,
        });
    }
    return document;
}

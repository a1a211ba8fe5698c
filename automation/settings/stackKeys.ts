import { rm } from "node:fs/promises";

import { isMap, parse, parseDocument } from "yaml";

import { setInYaml } from "../yaml/setInYaml";
import { asRecord } from "./project";
import { readIfThere, writeWhole } from "../yaml/yamlFile";

/** Keys that `pulumi stack init` writes into the settings file, for the secrets of the stack. */
export const stackKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/** Whether a settings file has nothing of its author's: Pulumi leaves such a one wherever it works on a stack without a file. */
export function holdsOnlyStackKeys(text: string): boolean {
    const rest = withoutStackKeys(text);
    return rest !== text && rest.trim() === "";
}

/** Whether a settings file sets nothing, and has no comments either: an author may have begun it, or a `pulumi config rm` left it. */
export function setsNothing(text: string): boolean {
    return /^(config:\s*(\{\s*\})?)?$/.test(withoutStackKeys(text).trim());
}

/** Whether there is a settings file with more than keys. @param text undefined where there is no file */
export function holdsSettings(text: string | undefined): text is string {
    return text !== undefined && !holdsOnlyStackKeys(text);
}

/** Nothing but keys, left by Pulumi: who has named a provider of secrets wants the next stack to have it, too. */
function isLeftover(text: string): boolean {
    return holdsOnlyStackKeys(text) && asRecord(parse(text))["secretsprovider"] === undefined;
}

/**
 * Lets Pulumi work on a stack, and keeps the settings file as its authors formatted it: where Pulumi adds its keys, it
 * writes the whole file anew, which moves comments and drops empty lines. Only the keys are taken over, at the end.
 * Where there is no file, as the settings are on another machine or given by a program, Pulumi writes one with nothing but
 * keys for the stack's secrets: it goes, as one goes that a killed command has left, for the state has keys of its own.
 * @param work is told what the file says before, undefined where there is none
 */
export async function withFileAsItIs<T>(
    settingsFile: string,
    work: (before: string | undefined) => Promise<T>,
): Promise<T> {
    const before = await readIfThere(settingsFile);
    try {
        return await work(before);
    } finally {
        const after = await readIfThere(settingsFile);
        if (before === undefined || isLeftover(before)) {
            await (after !== undefined && holdsOnlyStackKeys(after) && rm(settingsFile));
        } else if (after !== undefined && after !== before) {
            await writeWhole(settingsFile, withStackKeysOf(after, before));
        }
    }
}

/** A text with the keys that another one has, at its end. */
export function withStackKeysOf(other: string, text: string): string {
    const [old, made] = [text, other].map((one) => asRecord(parse(one, { logLevel: "error" }) as unknown));
    return stackKeys
        .filter((key) => made?.[key] !== undefined && made[key] !== old?.[key])
        .reduce((yaml, key) => setInYaml(yaml, [key], made?.[key]), text);
}

/** What a settings file has the secrets of its stack encrypted by, such as `awskms://alias/team`. */
export function secretsProviderIn(text = ""): string | undefined {
    const provider = asRecord(parse(text, { logLevel: "error" }))["secretsprovider"];
    return typeof provider === "string" && provider !== "" ? provider : undefined;
}

/** A project file for a program that runs in this process: Pulumi looks for the one that it names. */
export function withoutMain(projectFile: string): string {
    const document = parseDocument(projectFile);
    document.delete("main");
    return document.toString();
}

export function withoutStackKeys(text: string): string {
    return withoutKeys(text, stackKeys);
}

/**
 * Takes out the keys of a stack that is gone, so that a team's file is as it was before. Stays away from a file with
 * secrets, which only these keys can open.
 */
export async function forgetStackKeys(settingsFile: string): Promise<void> {
    const after = await withoutSalt(settingsFile);
    if (after !== undefined) {
        await (after.trim() === "" ? rm(settingsFile) : writeWhole(settingsFile, after));
    }
}

/** Whether there are keys to forget. */
export async function holdsStackKeys(settingsFile: string): Promise<boolean> {
    return (await withoutSalt(settingsFile)) !== undefined;
}

/** Undefined where nothing is to be taken out. */
async function withoutSalt(settingsFile: string): Promise<string | undefined> {
    const before = await readIfThere(settingsFile);
    if (before === undefined || /^\s+["']?secure["']?:/m.test(before) || /\{\s*secure:/.test(before)) {
        return undefined;
    }
    const after = withoutKeys(before, ["encryptionsalt"]);
    return after === before ? undefined : after;
}

/** A file that is no map of YAML stays as it is; whoever reads it says so. */
function withoutKeys(text: string, keys: readonly string[]): string {
    const { contents, errors } = parseDocument(text);
    return errors.length > 0 || !isMap(contents)
        ? text
        : keys.reduce((yaml, key) => (contents.has(key) ? setInYaml(yaml, [key], undefined) : yaml), text);
}

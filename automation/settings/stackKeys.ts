import { readFile, rm, writeFile } from "node:fs/promises";

import { parse, stringify } from "yaml";

import { asRecord } from "./project";

/** Keys that `pulumi stack init` writes into the settings file, for the secrets of the stack. */
const stackKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/**
 * Lets Pulumi make a stack, and keeps the settings file as its authors formatted it: Pulumi writes the whole file
 * anew, which moves comments and drops empty lines. Only the keys that it added are taken over, at the end.
 */
export async function withFormattingKept(
    settingsFile: string,
    makeStack: () => Promise<void>,
): Promise<void> {
    const before = await readText(settingsFile);
    await makeStack();
    const after = await readText(settingsFile);
    if (before === undefined || after === undefined || after === before) {
        return;
    }
    const [old, made] = [before, after].map((text) => asRecord(parse(text) as unknown));
    const added = stackKeys.filter((key) => made?.[key] !== undefined && made[key] !== old?.[key]);
    const kept = before === "" || before.endsWith("\n") ? before : `${before}\n`;
    const lines = added.map((key) => stringify({ [key]: made?.[key] }, { lineWidth: 0 }));
    await writeFile(settingsFile, withoutKeys(kept, added) + lines.join(""));
}

/**
 * Takes out the keys of a stack that is gone, so that a team's file is as it was before. Stays away from a file with
 * secrets, which only these keys can open.
 */
export async function forgetStackKeys(settingsFile: string): Promise<void> {
    const before = await readText(settingsFile);
    if (before === undefined || /^\s+["']?secure["']?:/m.test(before) || /\{\s*secure:/.test(before)) {
        return;
    }
    const after = withoutKeys(before, ["encryptionsalt"]);
    if (after === before) {
        return;
    }
    await (after.trim() === "" ? rm(settingsFile) : writeFile(settingsFile, after));
}

/** Whole lines only: the keys stand at the top level, with their values beside them. */
function withoutKeys(text: string, keys: readonly string[]): string {
    return text
        .split(/(?<=\n)/)
        .filter((line) => !keys.some((key) => line.startsWith(`${key}:`)))
        .join("");
}

async function readText(file: string): Promise<string | undefined> {
    try {
        return await readFile(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

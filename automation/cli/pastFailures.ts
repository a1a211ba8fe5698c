import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";

import type { AppError } from "../errors/appError";
import { makeFolder } from "../output/makeFolder";
import { replaceFile } from "../output/replaceFile";
import type { Context } from "../ports/context";
import { findCacheDirectory } from "../setup/setup";

/** How a command has failed before, since it was done the last time. */
export interface PastFailure {
    /** When it failed so last, in milliseconds. */
    readonly at: number;
    /** It has also failed so with --debug. */
    readonly withDebug: boolean;
}

/** By what tells failures apart. Nothing of what was said is kept: it may name what is nobody's business. */
type Notes = Readonly<Record<string, PastFailure>>;

/** After that nobody remembers, and much may have changed. */
const keptMilliseconds = 24 * 3_600_000;

/**
 * What is remembered of a command line of one folder: how it has failed, so that it is not advised again after it has failed the
 * same way. It is advice and nothing else: what cannot be written or read is not there.
 */
export class PastFailures {
    private readonly file: string | undefined;

    /** @param words of the command line, but for those that change only what is told */
    constructor(
        private readonly context: Pick<Context, "env" | "clock">,
        directory: string,
        words: readonly string[],
    ) {
        const cache = findCacheDirectory(context.env);
        this.file =
            cache && path.join(cache, "failures", `${hash([path.resolve(directory), ...words])}.json`);
    }

    /** Notes a failure. @returns the same failure of the same command, where there was one before */
    async note(failure: AppError, withDebug: boolean): Promise<PastFailure | undefined> {
        if (this.file === undefined) {
            return undefined;
        }
        const at = this.context.clock.now().getTime();
        const notes = Object.entries(await this.read()).filter(([, past]) => at - past.at < keptMilliseconds);
        const key = wayOf(failure);
        const before = notes.find(([one]) => one === key)?.[1];
        const now = { at, withDebug: withDebug || before?.withDebug === true };
        await this.write(Object.fromEntries([...notes.filter(([one]) => one !== key), [key, now]]));
        return before;
    }

    /** The command is done: whatever was, it can be advised again. */
    async forget(): Promise<void> {
        if (this.file !== undefined) {
            await rm(this.file, { force: true }).catch(() => undefined);
        }
    }

    private async read(): Promise<Notes> {
        try {
            const notes = JSON.parse(await readFile(this.file ?? "", "utf8")) as unknown;
            return typeof notes === "object" && notes !== null ? (notes as Notes) : {};
        } catch {
            return {};
        }
    }

    private async write(notes: Notes): Promise<void> {
        const { file = "" } = this;
        try {
            await makeFolder(path.dirname(file));
            await replaceFile(file, JSON.stringify(notes));
        } catch {
            // Then the same command may be advised twice.
        }
    }
}

/** A failure without what differs from run to run: numbers of requests, times, and how long something took. */
function wayOf({ code, message, details }: AppError): string {
    const text = JSON.stringify([code, message, details])
        .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "")
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "")
        .replace(/\b\d+(?:\.\d+)? ?(?:ms|s|min|h)\b/g, "");
    return hash([text]);
}

function hash(parts: readonly string[]): string {
    return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

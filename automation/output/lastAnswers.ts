import fs from "node:fs/promises";
import path from "node:path";

import { formatSeconds, secondsBetween } from "./durations";
import { makeFolder } from "./makeFolder";
import { replaceFile } from "./replaceFile";

/** That a service gave no answer. */
export interface NoAnswer {
    /** What it did, such as `did not answer within 3 s`. */
    readonly what: string;
    /** It does answer: it has no such region. */
    readonly unknownRegion: boolean;
}

/** For so long after a failure nobody waits for advice again. */
const failureSeconds = 600;

/** An answer on disk. */
interface KeptAnswer {
    readonly records: readonly unknown[];
    readonly fetchedAt: Date;
}

interface LastFailure extends NoAnswer {
    readonly failedAt: Date;
}

type Content = Readonly<Record<string, unknown>>;

/**
 * What a service, such as pint, said last to one question, and whether it failed since; on disk, each in a file of its own.
 * One file serves a question whatever the address, so that services on ever changing ports do not pile up.
 */
export class LastAnswers {
    /** @param answerFile undefined where nothing is kept */
    constructor(
        private readonly answerFile: string | undefined,
        private readonly url: string,
    ) {}

    /** Undefined when there is none of that address, or nothing that can be read. */
    async answer(): Promise<KeptAnswer | undefined> {
        const { records, fetchedAt: text } = await this.read(this.answerFile);
        const fetchedAt = timeOf(text);
        return fetchedAt !== undefined && Array.isArray(records) ? { records, fetchedAt } : undefined;
    }

    keepAnswer({ records, fetchedAt }: KeptAnswer): Promise<void> {
        return this.write(this.answerFile, { fetchedAt: fetchedAt.toISOString(), records });
    }

    /** Undefined when the last attempt did not fail, or nothing can be read. */
    async failure(): Promise<LastFailure | undefined> {
        const { what, unknownRegion, failedAt: text } = await this.read(this.failureFile);
        const failedAt = timeOf(text);
        return failedAt !== undefined && typeof what === "string"
            ? { what, unknownRegion: unknownRegion === true, failedAt }
            : undefined;
    }

    keepFailure({ what, unknownRegion, failedAt }: LastFailure): Promise<void> {
        return this.write(this.failureFile, { what, unknownRegion, failedAt: failedAt.toISOString() });
    }

    async forgetFailure(): Promise<void> {
        if (this.failureFile !== undefined) {
            await fs.rm(this.failureFile, { force: true }).catch(() => undefined);
        }
    }

    private get failureFile(): string | undefined {
        return this.answerFile?.replace(/\.json$/, "-failed.json");
    }

    private async read(file: string | undefined): Promise<Content> {
        if (file === undefined) {
            return {};
        }
        try {
            const content = JSON.parse(await fs.readFile(file, "utf8")) as Content;
            return content["url"] === this.url ? content : {};
        } catch {
            return {};
        }
    }

    /** A disk that takes no file is no reason to fail. */
    private async write(file: string | undefined, content: Content): Promise<void> {
        if (file === undefined) {
            return;
        }
        try {
            await makeFolder(path.dirname(file));
            await replaceFile(file, JSON.stringify({ url: this.url, ...content }));
        } catch {
            // The next command asks again.
        }
    }
}

function timeOf(value: unknown): Date | undefined {
    const time = typeof value === "string" ? new Date(value) : undefined;
    return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

/** A failure of the last ten minutes, told with its age. */
export async function recentFailure(last: LastAnswers, now: Date): Promise<NoAnswer | undefined> {
    const failure = await last.failure();
    return failure !== undefined && isRecent(failure.failedAt, now, failureSeconds)
        ? { ...failure, what: `${failure.what}, ${formatSeconds(ageSeconds(failure.failedAt, now))} ago` }
        : undefined;
}

/** Whether something is of the last so many seconds. A time to come, left by a wrong clock, is none of them. */
export function isRecent(then: Date, now: Date, seconds: number): boolean {
    return then <= now && secondsBetween(then, now) <= seconds;
}

/** For people: a clock that was set back must not make anything younger than new. */
export function ageSeconds(then: Date, now: Date): number {
    return Math.max(0, secondsBetween(then, now));
}

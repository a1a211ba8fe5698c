import { access, constants, readFile, stat } from "node:fs/promises";
import path from "node:path";

import { shellWord } from "../../components/model/commandLine";
import { onceEach, readEvidence, type Evidence } from "../../components/model/evidence";
import type { Ownership } from "../../components/model/tags";
import { AppError } from "../errors/appError";
import { jsonVersion, renderJson } from "../output/json";
import { replaceFile } from "../output/replaceFile";

/** Where the record of a destroy is written. */
export class EvidenceFile {
    private constructor(
        private readonly path: string,
        /** What an earlier destroy has left there. */
        private earlier: Evidence | undefined,
    ) {}

    /**
     * Finds out whether the file can be written, before anything is removed.
     * @throws AppError EVIDENCE_FILE_UNUSABLE, also where it holds something else than evidence
     */
    static async open(given: string, directory: string): Promise<EvidenceFile> {
        const file = path.resolve(directory, given);
        try {
            const folder = path.dirname(file);
            await access(folder, constants.W_OK);
            if (!(await stat(folder)).isDirectory()) {
                throw new Error(`${folder} is no folder`);
            }
            const text = await textIn(file);
            return new EvidenceFile(file, text === undefined ? undefined : parse(file, text));
        } catch (error) {
            throw unusable(file, error instanceof AppError ? ofOthers(error) : (error as Error).message);
        }
    }

    /**
     * Reads again what is there, for somebody else may have written meanwhile, and refuses to write over the record of another
     * environment: one of another stack, or of an earlier stack of that name.
     * @throws AppError EVIDENCE_FILE_UNUSABLE
     */
    async requireFor({ stack, stackId }: Pick<Ownership, "stack" | "stackId">): Promise<void> {
        const text = await textIn(this.path);
        this.earlier = text === undefined ? undefined : parse(this.path, text);
        const isAnother =
            this.earlier !== undefined &&
            (this.earlier.stack !== stack ||
                (stackId !== undefined &&
                    this.earlier.stackId !== undefined &&
                    this.earlier.stackId !== stackId));
        if (this.earlier !== undefined && isAnother) {
            throw unusable(
                this.path,
                `it holds the evidence of ${this.earlier.environment} (${[this.earlier.stack, this.earlier.stackId].join(" ")})`,
            );
        }
    }

    /**
     * Writes the record, whole or not at all; one of the same environment that was written before it goes on.
     * @throws AppError EVIDENCE_NOT_WRITTEN
     */
    async write(evidence: Evidence): Promise<void> {
        try {
            await replaceFile(this.path, renderJson(joined(this.earlier, evidence)));
        } catch (cause) {
            throw new AppError("EVIDENCE_NOT_WRITTEN", {
                message: `${this.path} cannot be written: ${(cause as Error).message}`,
                hint: `ls -ld ${shellWord(path.dirname(this.path))}`,
                cause,
            });
        }
    }
}

/** Reads a file of evidence. @throws AppError EVIDENCE_UNREADABLE */
export async function readEvidenceFile(given: string, directory: string): Promise<Evidence> {
    const file = path.resolve(directory, given);
    const text = await textIn(file).catch((cause: unknown) => {
        throw unreadable(file, [(cause as Error).message], cause);
    });
    if (text === undefined) {
        throw unreadable(file, ["there is no such file"]);
    }
    return parse(file, text);
}

async function textIn(file: string): Promise<string | undefined> {
    try {
        await access(file, constants.R_OK);
        return await readFile(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

function parse(file: string, text: string): Evidence {
    let values: unknown;
    try {
        values = JSON.parse(text);
    } catch (cause) {
        throw unreadable(file, [`no JSON: ${(cause as Error).message}`], cause);
    }
    const read = readEvidence(values, jsonVersion);
    if ("kind" in read) {
        return read;
    }
    throw unreadable(file, read);
}

/** The same destroy in several goes: what was there at first, all steps, and how it stands now. */
function joined(earlier: Evidence | undefined, evidence: Evidence): Evidence {
    const goesOn =
        earlier !== undefined &&
        earlier.accountId === evidence.accountId &&
        earlier.region === evidence.region &&
        (evidence.stackId === undefined || earlier.stackId === evidence.stackId);
    if (!goesOn) {
        return evidence;
    }
    const there = new Set([...evidence.kept, ...evidence.left].map(({ id }) => id));
    const loans = onceEach([...(earlier.loans ?? []), ...(evidence.loans ?? [])]);
    return {
        ...evidence,
        stackId: evidence.stackId ?? earlier.stackId,
        startedAt: earlier.startedAt,
        before: onceEach([...earlier.before, ...evidence.before]),
        steps: [...earlier.steps, ...evidence.steps],
        removed: onceEach([...earlier.removed, ...evidence.removed]).filter(({ id }) => !there.has(id)),
        ...(loans.length > 0 && { loans, givenBack: loans.filter(({ id }) => !there.has(id)) }),
    };
}

function ofOthers({ details }: AppError): string {
    return `it is there and no evidence, which would be lost (${details.map(String).join("; ")})`;
}

function unusable(file: string, why: string): AppError {
    return new AppError("EVIDENCE_FILE_UNUSABLE", {
        message: `no evidence can be written to ${file}: ${why}`,
    });
}

function unreadable(file: string, details: readonly string[], cause?: unknown): AppError {
    return new AppError("EVIDENCE_UNREADABLE", {
        message: `${file} holds no evidence that can be read`,
        details,
        hint: `ls -l ${shellWord(file)}`,
        cause,
    });
}

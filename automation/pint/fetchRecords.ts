import { setTimeout as wait } from "node:timers/promises";

import type { Proxies } from "../../components/model/proxy/proxyVariables";
import { fetchOut, type Answer } from "../../outbound/fetchOut";
import { ProxyFailure } from "../../outbound/proxyFailure";
import type { NoAnswer } from "../output/lastAnswers";
import { quote } from "./recordFields";

/** How long pint may take. */
export interface PintLimits {
    readonly attempts: 1 | 2;
    readonly attemptMilliseconds: number;
    readonly pauseMilliseconds: number;
}

/** What pint has lists of. */
type Collection = "images" | "servers";

/** How a question leaves this machine, and until when an answer is waited for. */
export interface Sending {
    readonly signal: AbortSignal;
    readonly proxies: Proxies;
}

/** That there are no records, and why. */
export type Failure = NoAnswer;

/** The records that pint answered with, or why there are none. */
type Fetched = { readonly records: readonly unknown[] } | Failure;

type Attempt = Fetched & { readonly passing?: boolean };

/** All records of a region are a few megabytes; whoever sends more is not pint. */
const maxBytes = 32 * 2 ** 20;

/**
 * Asks pint, and once more when the trouble may be a passing one.
 * @throws the reason of the signal when that is aborted; nothing else
 */
export async function fetchRecords(
    url: string,
    sending: Sending,
    limits: PintLimits,
    collection: Collection = "images",
): Promise<Fetched> {
    const first = await attempt(url, sending, limits, collection);
    if (first.passing !== true || limits.attempts === 1) {
        return first;
    }
    await wait(limits.pauseMilliseconds);
    return attempt(url, sending, limits, collection);
}

async function attempt(
    url: string,
    sending: Sending,
    { attemptMilliseconds }: PintLimits,
    collection: Collection,
): Promise<Attempt> {
    const limits = { milliseconds: attemptMilliseconds, bytes: maxBytes };
    const answer = await fetchText(url, "application/json", sending, limits);
    return "what" in answer ? { ...answer, unknownRegion: false, passing: true } : read(answer, collection);
}

function read({ status, contentType, text }: TextAnswer, collection: Collection): Attempt {
    const refusal = (what: string): Attempt => ({ what, unknownRegion: false });
    if (status < 200 || status > 299) {
        return {
            ...refusal(`answered with HTTP ${status}`),
            unknownRegion: status === 404,
            passing: status >= 500 || status === 429,
        };
    }
    const answer = parse(text);
    if (answer === undefined) {
        return refusal(`answered with something other than JSON (${quote(contentType)})`);
    }
    const records = ((answer ?? {}) as { readonly [Name in Collection]?: unknown })[collection];
    return Array.isArray(records) ? { records } : refusal(`answered without a list of ${collection}`);
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

interface TextAnswer {
    readonly status: number;
    readonly contentType: string;
    readonly text: string;
}

/**
 * Fetches a text within limits.
 * @throws the reason of the signal when that is aborted; nothing else
 */
export async function fetchText(
    url: string,
    accept: string,
    { signal, proxies }: Sending,
    { milliseconds, bytes }: { readonly milliseconds: number; readonly bytes: number },
): Promise<TextAnswer | Pick<NoAnswer, "what">> {
    const limit = AbortSignal.timeout(milliseconds);
    try {
        const question = { signal: AbortSignal.any([signal, limit]), headers: { accept } };
        const { status, contentType, body } = await fetchOut(url, question, proxies, accept === "text/html");
        const text = await readText(body, bytes);
        return text === undefined
            ? { what: `answered with more than ${bytes / 2 ** 20} MiB` }
            : { status, contentType, text };
    } catch (error) {
        signal.throwIfAborted();
        return {
            what: limit.aborted
                ? `did not answer within ${milliseconds / 1000} s`
                : `cannot be reached: ${causeOf(error)}`,
        };
    }
}

/** Undefined when there is more than the limit; what is beyond it is not read. */
async function readText(body: Answer["body"], bytes: number): Promise<string | undefined> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > bytes) {
            return undefined;
        }
        chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
}

/** `fetch` says what went wrong in the causes of its errors only. */
function causeOf(error: unknown): string {
    if (error instanceof ProxyFailure) {
        return error.message;
    }
    const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
    return cause?.code ?? cause?.message ?? message ?? String(error);
}

/** How long pint may take. */
export interface PintLimits {
    readonly attempts: 1 | 2;
    readonly attemptMilliseconds: number;
    readonly pauseMilliseconds: number;
}

/** That there is no answer. */
export interface Failure {
    /** What the server did, such as `did not answer within 3 s`. */
    readonly what: string;
    /** pint does answer: it has no such region. */
    readonly unknownRegion: boolean;
}

/** The records that pint answered with, or why there are none. */
export type Fetched = { readonly records: readonly unknown[] } | Failure;

type Attempt = Fetched & { readonly passing?: boolean };

/**
 * Asks pint, and once more when the trouble may be a passing one.
 * @throws the reason of the signal when that is aborted; nothing else
 */
export async function fetchRecords(url: string, signal: AbortSignal, limits: PintLimits): Promise<Fetched> {
    const first = await attempt(url, signal, limits.attemptMilliseconds);
    if (first.passing !== true || limits.attempts === 1) {
        return first;
    }
    await new Promise((resolve) => setTimeout(resolve, limits.pauseMilliseconds));
    return attempt(url, signal, limits.attemptMilliseconds);
}

async function attempt(url: string, signal: AbortSignal, milliseconds: number): Promise<Attempt> {
    const limit = AbortSignal.timeout(milliseconds);
    try {
        const response = await fetch(url, {
            signal: AbortSignal.any([signal, limit]),
            headers: { accept: "application/json" },
        });
        return await read(response);
    } catch (error) {
        signal.throwIfAborted();
        const what = limit.aborted
            ? `did not answer within ${milliseconds / 1000} s`
            : `cannot be reached: ${causeOf(error)}`;
        return { what, unknownRegion: false, passing: true };
    }
}

async function read(response: Response): Promise<Attempt> {
    const { status } = response;
    const body = await response.text();
    const refusal = (what: string): Attempt => ({ what, unknownRegion: false });
    if (!response.ok) {
        return {
            ...refusal(`answered with HTTP ${status}`),
            unknownRegion: status === 404,
            passing: status >= 500 || status === 429,
        };
    }
    const answer = parse(body);
    if (answer === undefined) {
        const type = response.headers.get("content-type") ?? "no content type";
        return refusal(`answered with something other than JSON (${type})`);
    }
    const { images: records } = (answer ?? {}) as { images?: unknown };
    return Array.isArray(records) ? { records } : refusal("answered without a list of images");
}

function parse(body: string): unknown {
    try {
        return JSON.parse(body) as unknown;
    } catch {
        return undefined;
    }
}

/** `fetch` says what went wrong in the causes of its errors only. */
function causeOf(error: unknown): string {
    const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
    return cause?.code ?? cause?.message ?? message ?? String(error);
}

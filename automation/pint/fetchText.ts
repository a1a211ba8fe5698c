/** How much, and how long, a server may answer. */
export interface TextLimits {
    readonly milliseconds: number;
    readonly bytes: number;
}

export interface TextAnswer {
    readonly status: number;
    readonly contentType?: string;
    readonly text: string;
}

/** That there is no answer. */
export interface NoAnswer {
    /** What the server did, such as `did not answer within 3 s`. */
    readonly what: string;
}

/**
 * Fetches a text within limits.
 * @throws the reason of the signal when that is aborted; nothing else
 */
export async function fetchText(
    url: string,
    accept: string,
    signal: AbortSignal,
    { milliseconds, bytes }: TextLimits,
): Promise<TextAnswer | NoAnswer> {
    const limit = AbortSignal.timeout(milliseconds);
    try {
        const response = await fetch(url, {
            signal: AbortSignal.any([signal, limit]),
            headers: { accept },
        });
        const text = await readText(response, bytes);
        const contentType = response.headers.get("content-type");
        return text === undefined
            ? { what: `answered with more than ${bytes / 2 ** 20} MiB` }
            : { status: response.status, text, ...(contentType === null ? {} : { contentType }) };
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
async function readText({ body }: Response, bytes: number): Promise<string | undefined> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
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
    const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
    return cause?.code ?? cause?.message ?? message ?? String(error);
}

/**
 * What AWS's provider says where nothing matches: "no matching EC2 Key Pair found", of an instance profile "couldn't
 * find resource", of a key of KMS its own NotFoundException. There is nothing else to tell it by: an invoke fails with a text alone.
 */
const noMatch =
    /no matching .* found|couldn't find resource|\bNoSuchEntity|\bRepositoryNotFoundException\b|\bNotFoundException\b/;
/** What it says where it can describe only one, and there are more. */
const severalMatch = /multiple .*s matched|\d+ matching .*s found/;
/** AWS's codes for a call that the caller may not make, with service and call before them, and the reason behind. */
const denied =
    /(?<service>\w+)(?:: | )(?<call>\w+)(?:,.* api error|:) (?:AccessDenied|AccessDeniedException|UnauthorizedAccess|UnauthorizedOperation): (?<reason>.*)/;

/** A question that AWS, or its provider, does not answer. */
class Unanswered extends Error {
    constructor(
        readonly code: "AWS_ACCESS_DENIED" | "AWS_FAILED",
        message: string,
    ) {
        super(message);
    }
}

/** Waits for an invoke. @throws Unanswered with the words of the command line for what the caller may not ask */
export async function answerOf<T>(invoke: Promise<T>): Promise<T> {
    try {
        return await invoke;
    } catch (error) {
        const text = textOf(error);
        const { service = "", call = "", reason = "" } = denied.exec(text)?.groups ?? {};
        if (call !== "") {
            const why = reason.trim().replace(/\.$/, "");
            const message = `not allowed to call ${service.toLowerCase()}:${call}: ${why}`;
            throw new Unanswered("AWS_ACCESS_DENIED", message);
        }
        throw severalMatch.test(text) ? new Unanswered("AWS_FAILED", text) : error;
    }
}

/** The same for an invoke that fails where nothing matches. */
export async function answerIfAny<T>(invoke: Promise<T>): Promise<T | undefined> {
    try {
        return await answerOf(invoke);
    } catch (error) {
        if (noMatch.test(textOf(error))) {
            return undefined;
        }
        throw error;
    }
}

function textOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

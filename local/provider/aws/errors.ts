import type { HandlerExecutionContext, InitializeHandler, MiddlewareStack } from "@smithy/types";

const operationKey = Symbol("the AWS operation that failed");

interface FailedCall extends Error {
    [operationKey]?: string;
}

interface AnyClient {
    readonly middlewareStack: unknown;
}

/** Makes every error of the client say which operation failed; the SDK's own errors do not. */
export function nameFailedOperation<C extends AnyClient>(client: C): C {
    const stack = client.middlewareStack as MiddlewareStack<object, object>;
    stack.add(
        (
            next: InitializeHandler<object, object>,
            context: HandlerExecutionContext,
        ): InitializeHandler<object, object> =>
            async (args) => {
                try {
                    return await next(args);
                } catch (error) {
                    if (error instanceof Error) {
                        const operation = (context.commandName ?? "").replace(/Command$/, "");
                        (error as FailedCall)[operationKey] =
                            `${context.clientName ?? ""} ${operation}`.replace("Client", "");
                    }
                    throw error;
                }
            },
        { step: "initialize", name: "nameFailedOperation" },
    );
    return client;
}

/** AWS's error code, such as `InvalidAMIID.NotFound`; `undefined` for what is no answer of AWS. */
export function errorCode(error: unknown): string | undefined {
    return error instanceof Error && "$metadata" in error ? error.name : undefined;
}

/** Whether an error is an answer of AWS with one of these codes. */
export function hasCode(...codes: readonly string[]): (error: unknown) => boolean {
    return (error) => codes.includes(errorCode(error) ?? "");
}

/** Whether an error is an answer of AWS with this code, which has several uses, and with these words. */
export function hasMessage(code: string, words: RegExp): (error: unknown) => boolean {
    return (error) => errorCode(error) === code && words.test((error as Error).message);
}

/** Whether AWS says that it does not exist. */
export function isNotFound(error: unknown): boolean {
    const code = errorCode(error) ?? "";
    return /NotFound|NoSuchEntity|ClusterNotFoundException|InvalidAttachmentID|DoesNotExist/.test(code);
}

/** Runs `call` and answers `undefined` when AWS says that the thing does not exist. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
        return await call();
    } catch (error) {
        if (isNotFound(error)) {
            return undefined;
        }
        throw error;
    }
}

/**
 * Runs `call` and takes these refusals for success where the SDK has asked more than once: the first request was done, and
 * only its answer got lost.
 */
export async function unlessDoneBefore(
    call: () => Promise<unknown>,
    ...codes: readonly string[]
): Promise<void> {
    try {
        await call();
    } catch (error) {
        const { attempts = 1 } = (error as { $metadata?: { attempts?: number } }).$metadata ?? {};
        if (attempts === 1 || !hasCode(...codes)(error)) {
            throw error;
        }
    }
}

/** An error in words: operation, AWS error code and AWS's own message. */
export function describeError(error: unknown): string {
    if (!(error instanceof Error)) {
        return String(error);
    }
    const code = errorCode(error);
    if (code === undefined) {
        return error.message;
    }
    const operation = (error as FailedCall)[operationKey];
    return `${operation === undefined ? "" : `${operation}: `}${code}: ${error.message}`;
}

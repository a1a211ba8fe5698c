import type { Line } from "../../components/model/commandLine";
import { errorCatalogue, type ErrorCode } from "./errorCatalogue";

export interface AppErrorOptions {
    /** What happened and why, "got X, expected Y"; one sentence, lower case, without a full stop. */
    readonly message: string;
    /** One command, or one short sentence, to go on with; the catalogue's own hint where it is missing. */
    readonly hint?: Line;
    /** Lines that belong to the message, such as one line a problem or one line a host. */
    readonly details?: readonly Line[];
    readonly cause?: unknown;
}

/** An error meant for a person. Anything else that is thrown is a defect of this program. */
export class AppError extends Error {
    readonly code: ErrorCode;
    readonly hint: Line | undefined;
    readonly details: readonly Line[];

    constructor(code: ErrorCode, options: AppErrorOptions) {
        super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = "AppError";
        this.code = code;
        this.hint = options.hint ?? errorCatalogue[code].hint;
        this.details = options.details ?? [];
    }

    get exitCode(): number {
        return errorCatalogue[this.code].exitCode;
    }
}

/** Whether AWS itself said no to one call: the caller may not make it, or it failed there. Other calls may go well. */
export function isRefusedByAws(error: unknown): error is AppError {
    return error instanceof AppError && (error.code === "AWS_ACCESS_DENIED" || error.code === "AWS_FAILED");
}

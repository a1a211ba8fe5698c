import { inspect } from "node:util";

import { renderLine } from "../../components/model/commandLine";
import type { Context } from "../ports/context";
import { AppError } from "../errors/appError";
import { exitCodes } from "../errors/exitCodes";

export interface ReportOptions {
    /** With the stack and the cause. */
    readonly debug: boolean;
    /** One JSON document on one line instead of text, for `--output json`. */
    readonly json: boolean;
    /** As it was given on the command line, for commands to go on with. */
    readonly projectDirectory: string | undefined;
}

/** Shows an error to a person (or, as JSON, to a script) on stderr. @returns the exit code that belongs to it. */
export function reportError(
    error: unknown,
    context: Pick<Context, "io" | "signal">,
    options: ReportOptions,
): number {
    const known = error instanceof AppError ? error : undefined;
    const exitCode = context.signal.aborted ? exitCodes.interrupted : (known?.exitCode ?? exitCodes.failed);
    const description = describeError(
        known ?? orInterrupted(error, context.signal.aborted),
        options.projectDirectory,
    );
    if (options.debug) {
        context.io.stderr(`${inspect(error)}\n`);
    }
    if (options.json) {
        context.io.stderr(`${JSON.stringify({ version: 1, error: { ...description, exitCode } })}\n`);
        return exitCode;
    }
    const lines = [`error: ${description.message}`, ...description.details.map((detail) => `  ${detail}`)];
    if (description.hint !== undefined) {
        lines.push(`Next: ${description.hint}`);
    }
    lines.push(`(${description.code}, exit code ${exitCode})`);
    context.io.stderr(`${lines.join("\n")}\n`);
    return exitCode;
}

interface Description {
    readonly code: string;
    readonly message: string;
    readonly details: readonly string[];
    readonly hint: string | undefined;
}

function describeError(error: unknown, directory: string | undefined): Description {
    if (!(error instanceof AppError)) {
        const message = error instanceof Error ? error.message : inspect(error);
        return {
            code: "DEFECT",
            message: `this is a defect of sles-ecs: ${message.split("\n")[0] ?? ""}`,
            details: [],
            hint: "run again with --debug, and report what it shows",
        };
    }
    const { code, message, details, hint } = error;
    return {
        code,
        message,
        details: details.map((detail) => renderLine(detail, directory)),
        hint: hint === undefined ? undefined : renderLine(hint, directory),
    };
}

function orInterrupted(error: unknown, interrupted: boolean): unknown {
    return interrupted ? new AppError("INTERRUPTED", { message: "interrupted" }) : error;
}

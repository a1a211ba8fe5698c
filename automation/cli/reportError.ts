import { inspect } from "node:util";

import type { Context } from "../ports/context";
import { AppError } from "../errors/appError";
import { exitCodes } from "../errors/exitCodes";
import { withProjectOption } from "../output/projectOption";

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
    const description = ofProject(
        known === undefined ? describeUnknown(error, context.signal.aborted) : describeKnown(known),
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

function ofProject({ hint, ...said }: Description, directory: string | undefined): Description {
    return {
        ...said,
        details: said.details.map((detail) => withProjectOption(detail, directory)),
        hint: hint === undefined ? undefined : withProjectOption(hint, directory),
    };
}

function describeKnown(error: AppError): Description {
    return { code: error.code, message: error.message, details: error.details, hint: error.hint };
}

function describeUnknown(error: unknown, interrupted: boolean): Description {
    if (interrupted) {
        return describeKnown(new AppError("INTERRUPTED", { message: "interrupted" }));
    }
    const message = error instanceof Error ? error.message : inspect(error);
    return {
        code: "DEFECT",
        message: `this is a defect of sles-ecs: ${message.split("\n")[0] ?? ""}`,
        details: [],
        hint: "run again with --debug, and report what it shows",
    };
}

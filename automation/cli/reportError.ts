import { inspect } from "node:util";

import { renderLine, type CallingWay, type Show } from "../../components/model/commandLine";
import { withoutPasswords } from "../../components/model/secrets";
import type { Context } from "../ports/context";
import { AppError } from "../errors/appError";
import { exitCodes } from "../errors/exitCodes";
import { oneLine } from "../output/oneLine";
import { calledAs } from "../setup/calledAs";

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
    { io, signal, env }: Pick<Context, "io" | "signal" | "env">,
    options: ReportOptions,
): number {
    const known =
        error instanceof AppError || !signal.aborted
            ? error
            : new AppError("INTERRUPTED", { message: "interrupted", cause: error });
    const { code, message, details, hint, exitCode } = describe(known, {
        program: calledAs(env),
        projectDirectory: options.projectDirectory,
    });
    const ending = signal.aborted ? exitCodes.interrupted : exitCode;
    if (options.debug) {
        io.stderr(`${inspect(error)}\n`);
    }
    if (options.json) {
        const json = { code, message, details, hint, exitCode: ending };
        io.stderr(`${JSON.stringify({ version: 1, error: json })}\n`);
        return ending;
    }
    // Much of it are words of AWS, or names that somebody gave there.
    const lines = [
        `error: ${message}`,
        ...details.map((detail) => `  ${detail}`),
        ...(hint === undefined ? [] : [`Next: ${hint}`]),
        `(${code}, exit code ${ending})`,
    ].map(oneLine);
    io.stderr(`${lines.join("\n")}\n`);
    return ending;
}

interface Description extends Pick<AppError, "message" | "exitCode"> {
    readonly code: string;
    readonly details: readonly string[];
    readonly hint?: string;
}

function describe(error: unknown, way: CallingWay): Description {
    if (error instanceof AppError) {
        const { code, message, details, hint, exitCode } = error;
        const show: Show = (line) => withoutPasswords(renderLine(line, way));
        return {
            code,
            message: show(message),
            details: details.map(show),
            hint: hint && show(hint),
            exitCode,
        };
    }
    const message = error instanceof Error ? error.message : inspect(error);
    return {
        code: "DEFECT",
        message: `this is a defect of sles-ecs: ${message.split("\n")[0] ?? ""}`,
        details: [],
        hint: "run again with --debug, and report what it shows",
        exitCode: exitCodes.failed,
    };
}

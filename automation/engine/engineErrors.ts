import { command, line } from "../../components/model/commandLine";
import type { ErrorCode } from "../errors/errorCatalogue";
import { AppError } from "../errors/appError";

import type { EngineError } from "./events";
import { lockedError, parseLockHolders } from "./locks";
import { PulumiFailure } from "./pulumiCli";

/** What was being done: a verb of the command line, or the reading that comes before all of them. */
export type EngineOperation = "up" | "preview" | "refresh" | "destroy" | "read";

/** Where a failure happened, for its message. */
export interface FailurePlace {
    /** Name of the stack; missing for commands about all of them. */
    readonly stack?: string;
    readonly operation: EngineOperation;
    /** The state file, where the backend is a folder. */
    readonly stateFile?: string;
    readonly interrupted: boolean;
    /** What a person has to type for the Pulumi CLI. */
    readonly pulumi: string;
    /** What the engine reported before it ended. */
    readonly errors?: readonly EngineError[];
}

/**
 * What the Pulumi CLI says, by kind. It has no error codes; these are its own words, as found in its sources and
 * seen with v3.246.0. The first match counts.
 */
const patterns: readonly (readonly [ErrorCode, RegExp])[] = [
    ["ENVIRONMENT_NOT_FOUND", /no stack named '.*' found/],
    ["LOCKED", /the stack is currently locked by|\[409\] Conflict: Another update is currently in progress/],
    ["PASSPHRASE_MISSING", /passphrase must be set with/],
    ["PASSPHRASE_WRONG", /incorrect passphrase/],
    [
        "STATE_CORRUPT",
        /failed to load checkpoint|unsupported checkpoint version|could not deserialize deployment|snapshot integrity|error: place \d+: /,
    ],
    [
        "BACKEND_UNREACHABLE",
        /PULUMI_ACCESS_TOKEN must be set|invalid access token|unable to open bucket|read "\.pulumi\/|could not list bucket|blob \(|missing google credentials|problem logging in/,
    ],
    [
        "PLUGIN_MISSING",
        /no resource plugin|could not load plugin|failed to install plugin|(?:error|failed) downloading (?:plugin|provider)|missing required plugins|unable to find required/,
    ],
    [
        "AWS_CREDENTIALS_MISSING",
        /No valid credential sources found|Could not load credentials from any providers/,
    ],
    ["AWS_CREDENTIALS_EXPIRED", /ExpiredToken|RequestExpired/],
    [
        "AWS_CREDENTIALS",
        /InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|failed to refresh cached credentials|unable to validate AWS credentials/,
    ],
];

/** Turns whatever a run of the engine threw into an error for people; defects stay as they are. */
export function mapEngineError(error: unknown, place: FailurePlace): unknown {
    if (place.interrupted) {
        return interruptedError(error, place);
    }
    if (error instanceof PulumiFailure && wasKilled(error)) {
        return killedError(error, place);
    }
    if (!(error instanceof PulumiFailure)) {
        return isMissingExecutable(error) ? pulumiUnavailable(error) : error;
    }
    const text = [
        error.answer.stderr,
        error.answer.stdout,
        ...(place.errors ?? []).map(({ message }) => message),
    ].join("\n");
    const code = patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? "UPDATE_FAILED";
    return code === "LOCKED"
        ? lockedError({ ...place, stack: place.stack ?? "the stack" }, parseLockHolders(text), error)
        : describe(code, text, error, place);
}

function describe(code: ErrorCode, text: string, cause: PulumiFailure, place: FailurePlace): AppError {
    const stack = place.stack ?? "the stacks";
    const said = pulumiSays(text);
    switch (code) {
        case "ENVIRONMENT_NOT_FOUND":
            return new AppError(code, {
                message: `there is no environment ${stack}: the state backend has no such stack`,
                cause,
            });
        case "PASSPHRASE_MISSING":
            return new AppError(code, {
                message: `the secrets of ${stack} need a passphrase, and none is set`,
                cause,
            });
        case "PASSPHRASE_WRONG":
            return new AppError(code, {
                message: `the passphrase for ${stack} is wrong: its settings were made with another one than PULUMI_CONFIG_PASSPHRASE now holds`,
                cause,
            });
        case "STATE_CORRUPT":
            return new AppError(code, {
                message: `the state of ${stack} cannot be read`,
                details: said,
                hint:
                    place.stateFile === undefined
                        ? "restore the newest good version of the state file, which the backend keeps beside it as .bak"
                        : `cp ${place.stateFile}.bak ${place.stateFile}`,
                cause,
            });
        case "BACKEND_UNREACHABLE":
            return new AppError(code, {
                message: "the state backend cannot be used",
                details: said,
                hint: backendHint(text, place.pulumi),
                cause,
            });
        case "PLUGIN_MISSING":
            return new AppError(code, {
                message: "a provider plugin is missing and could not be fetched",
                details: said,
                hint: pluginHint(text, place.pulumi),
                cause,
            });
        case "AWS_CREDENTIALS":
        case "AWS_CREDENTIALS_MISSING":
        case "AWS_CREDENTIALS_EXPIRED":
            return new AppError(code, {
                message: "AWS does not accept the credentials",
                details: said,
                cause,
            });
        default:
            return updateFailed(text, cause, place);
    }
}

function updateFailed(
    text: string,
    cause: PulumiFailure,
    { stack, operation, pulumi, errors = [] }: FailurePlace,
): AppError {
    const name = stack ?? "the stacks";
    return new AppError("UPDATE_FAILED", {
        message:
            operation === "read"
                ? `the state of ${name} could not be read`
                : `${operation} of ${name} failed`,
        details: errors.length > 0 ? errors.flatMap(describeEngineError) : pulumiSays(text),
        hint: operation === "read" ? `${pulumi} whoami --verbose` : command(operation, name),
        cause,
    });
}

function interruptedError(cause: unknown, place: FailurePlace): AppError {
    const { stack = "", operation } = place;
    if (operation === "read" || operation === "preview") {
        return new AppError("INTERRUPTED", { message: "interrupted; nothing was changed", cause });
    }
    if (cause instanceof PulumiFailure && wasKilled(cause)) {
        return killedError(cause, place);
    }
    const isCutShort = cause instanceof PulumiFailure && cause.answer.killedBy !== undefined;
    return new AppError("INTERRUPTED", {
        message: `${operation} of ${stack} was interrupted: what was done is in the state`,
        details: isCutShort ? [unlockAdvice(place)] : [],
        hint: command(operation, stack),
        cause,
    });
}

/**
 * An interrupt ends the Pulumi CLI by itself only before the engine works and after it has: it listens for it in
 * between (pkg/backend, CancellationScope).
 */
function wasKilled({ answer: { killedBy } }: PulumiFailure): boolean {
    return killedBy !== undefined && killedBy !== "SIGINT";
}

function unlockAdvice({ stack = "", pulumi }: FailurePlace): string {
    return `if the next command says LOCKED: ${pulumi} cancel --yes --stack ${stack}`;
}

/** Whoever killed the engine, a third Ctrl-C or the machine: the lock is still there, and perhaps more in AWS than known. */
function killedError(cause: PulumiFailure, place: FailurePlace): AppError {
    const { stack = "", operation, interrupted } = place;
    return new AppError(interrupted ? "INTERRUPTED" : "UPDATE_FAILED", {
        message: `the engine was killed (${cause.answer.killedBy}) during ${operation} of ${stack}: what AWS was just creating may be missing from the state`,
        details: [
            unlockAdvice(place),
            line`what is missing from the state is named by ${command("destroy", stack)} at its end`,
        ],
        hint: command(operation, stack),
        cause,
    });
}

/** The lines that Pulumi marks as errors, else the last ones. */
function pulumiSays(text: string): readonly string[] {
    const lines = text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    const marked = lines
        .filter((line) => line.startsWith("error:"))
        .map((line) => line.slice("error:".length).trim());
    return [...new Set(marked.length > 0 ? marked : lines.slice(-3))];
}

function describeEngineError({ urn, message }: EngineError): readonly string[] {
    const name = urn?.split("::").at(-1);
    const lines = message.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line, index) => (index === 0 && name !== undefined ? `${name}: ${line}` : line));
}

function backendHint(text: string, pulumi: string): string {
    const folder = /unable to open bucket file:\/\/([^?\s]+)/.exec(text)?.[1];
    if (folder !== undefined) {
        return `mkdir -p ${folder}, or correct PULUMI_BACKEND_URL`;
    }
    return text.includes("PULUMI_ACCESS_TOKEN")
        ? `${pulumi} login, or export PULUMI_BACKEND_URL=file://<folder>`
        : `${pulumi} whoami --verbose`;
}

function pluginHint(text: string, pulumi: string): string {
    const [, name = "aws"] =
        /pulumi-resource-([a-z]+)/.exec(text) ?? /resource plugin '?([a-z]+)/.exec(text) ?? [];
    const [, version] = /\bv?(\d+\.\d+\.\d+)/.exec(text) ?? [];
    return `${pulumi} plugin install resource ${name}${version === undefined ? "" : ` v${version}`}`;
}

function isMissingExecutable(error: unknown): boolean {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    return (
        (code === "ENOENT" || code === "EACCES") &&
        (error as NodeJS.ErrnoException).syscall?.startsWith("spawn") === true
    );
}

function pulumiUnavailable(cause: unknown): AppError {
    return new AppError("PULUMI_UNAVAILABLE", {
        message: `the Pulumi CLI cannot be started: ${(cause as Error).message}`,
        cause,
    });
}

import { command, line, type CommandLine, type Line, type Word } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { LockedError } from "../errors/lockedError";
import { describeProtection, protectedInstances, unprotectAll } from "../errors/instanceProtection";
import { describeUrn } from "../output/resourceWords";
import type { HostVerb, WorkingVerb } from "../ports/engine";
import { complaintIn, crashIn, pulumiSays } from "./complaints";
import type { EngineError } from "./events";
import { parseLockHolders, tellsOfLock } from "./locks";
import { PulumiFailure } from "./pulumiCli";

/** What was being done: a verb of the command line, or the reading that comes before all of them. */
export type EngineOperation = WorkingVerb | "preview" | "refresh" | "read";

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
    if (tellsOfLock(text)) {
        const holders = parseLockHolders(text).map((one) => ({ ...one, life: "unknown" as const }));
        return new LockedError(place.stack ?? "the stack", holders, { cause: error });
    }
    const complaint = complaintIn(text);
    if (complaint === undefined) {
        return updateFailed(text, error, place);
    }
    const { code, message, quoted = false, details, hint } = complaint;
    return new AppError(code, {
        message: message(place.stack ?? "the stacks"),
        details: [...(quoted ? pulumiSays(text) : []), ...(details?.(place) ?? [])],
        hint: hint?.(text, place),
        cause: error,
    });
}

/** What a command needs beside the name of the environment. */
const needed: Readonly<Record<HostVerb | "extend", readonly Word[]>> = {
    extend: [{ placeholder: "time" }],
    "hosts drain": [{ placeholder: "host" }],
    "hosts activate": [{ placeholder: "host" }],
    "hosts reboot": [{ placeholder: "host" }],
    "hosts replace": [{ placeholder: "host" }],
    "hosts scale": [{ placeholder: "count" }],
    "hosts attach": ["--group", { placeholder: "group" }],
    "hosts start-agent": [{ placeholder: "host" }],
    "hosts move": [{ placeholder: "host" }, "--to-cluster", { placeholder: "cluster" }],
    "groups remove": [{ placeholder: "group" }],
    "containers copy": [{ placeholder: "image" }],
    "service deploy": ["--image", { placeholder: "image" }, "--name", { placeholder: "name" }],
    "service scale": [{ placeholder: "service" }, { placeholder: "count" }],
    "service remove": [{ placeholder: "service" }],
    "containers install": [{ placeholder: "package" }],
    "containers push": [{ placeholder: "package" }],
};

/** The command that was under way. */
function sameAgain(operation: EngineOperation, name: string): CommandLine {
    const rest: Readonly<Partial<Record<EngineOperation, readonly Word[]>>> = needed;
    return command(operation.split(" "), name, rest[operation]);
}

/** AWS's codes for what it does not delete. Sources: EC2 API reference, error codes; IAM's, DeleteRole. */
const stillInUse =
    /DependencyViolation|InvalidGroup\.InUse|InvalidIPAddress\.InUse|VolumeInUse|DeleteConflict/;

function updateFailed(
    text: string,
    cause: PulumiFailure,
    { stack, operation, pulumi, errors = [] }: FailurePlace,
): AppError {
    const name = stack ?? "the stacks";
    const details = errors.length > 0 ? errors.flatMap(describeEngineError) : pulumiSays(text);
    const guarded = protectedInstances(text);
    if (guarded.length > 0 && operation !== "read") {
        return new AppError(operation === "destroy" ? "LEFT_BEHIND" : "UPDATE_FAILED", {
            message: `${operation} of ${name} stopped: ${describeProtection(guarded)}, so EC2 does not terminate it`,
            details,
            hint: line`${unprotectAll(guarded)}, then: ${sameAgain(operation, name)}`,
            cause,
        });
    }
    if (operation === "destroy" && stillInUse.test(text)) {
        return new AppError("LEFT_BEHIND", {
            message: `destroy of ${name} stopped: something else in AWS uses what is left of it`,
            details,
            hint: line`find what uses it by the ids above and take it away, then: ${command("destroy", name)}`,
            cause,
        });
    }
    if (/ResourceAlreadyExistsException: .*log group/i.test(text)) {
        return new AppError("UPDATE_FAILED", {
            message: `${operation} of ${name} stopped: the log group of its tasks is there already, and is not this environment's`,
            details,
            hint: line`set capabilities.awslogs.logGroupName to another name, or delete that log group, then: ${sameAgain(operation, name)}`,
            cause,
        });
    }
    return new AppError("UPDATE_FAILED", {
        message:
            operation === "read"
                ? `the state of ${name} could not be read`
                : `${operation} of ${name} failed`,
        details,
        hint: operation === "read" ? `${pulumi} whoami --verbose` : sameAgain(operation, name),
        cause,
    });
}

function interruptedError(cause: unknown, place: FailurePlace): AppError {
    const { stack = "", operation, errors = [] } = place;
    if (operation === "read" || operation === "preview") {
        return new AppError("INTERRUPTED", { message: "interrupted; nothing was changed", cause });
    }
    if (cause instanceof PulumiFailure && wasKilled(cause)) {
        return killedError(cause, place);
    }
    const isCutShort = cause instanceof PulumiFailure && cause.answer.killedBy !== undefined;
    return new AppError("INTERRUPTED", {
        message: `${operation} of ${stack} was interrupted: what was done is in the state`,
        details: [...errors.flatMap(describeEngineError), ...(isCutShort ? [unlockAdvice(place)] : [])],
        hint: sameAgain(operation, stack),
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

function unlockAdvice({ stack = "" }: FailurePlace): Line {
    return line`if the next command says LOCKED: ${command("unlock", stack)}`;
}

/** Whoever killed the engine, a third Ctrl-C or the machine: the lock is still there, and perhaps more in AWS than known. */
function killedError(cause: PulumiFailure, place: FailurePlace): AppError {
    const { stack = "", operation, interrupted, errors = [] } = place;
    return new AppError(interrupted ? "INTERRUPTED" : "UPDATE_FAILED", {
        message: `the engine was killed (${cause.answer.killedBy}) during ${operation} of ${stack}: what AWS was just creating may be missing from the state`,
        details: [
            ...errors.flatMap(describeEngineError),
            unlockAdvice(place),
            line`what is missing from the state is named by ${command("destroy", stack)} at its end`,
        ],
        hint: sameAgain(operation, stack),
        cause,
    });
}

function describeEngineError({ urn, message }: EngineError): readonly string[] {
    const name = urn && describeUrn(urn);
    const crash = crashIn(message);
    const lines = (crash ?? message).split("\n").filter((line) => line.trim() !== "");
    return lines.map((line, index) => (index === 0 && name ? `${name}: ${line}` : line));
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

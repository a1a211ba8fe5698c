import { isDeepStrictEqual } from "node:util";

import { command, type CommandLine, type Line, type Word } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { exitCodes } from "../errors/exitCodes";
import type { Context } from "../ports/context";
import { PastFailures } from "./pastFailures";

/** A command line, as it was read. */
export interface GivenCommand {
    /** The words behind `sles-ecs`. */
    readonly argv: readonly string[];
    /** As it was given. */
    readonly projectDirectory: string | undefined;
    /** The environment that it is about, where it is about one. */
    readonly environment: string | undefined;
}

/** A person's own doing, which needs no other advice the second time. */
const wanted: readonly string[] = ["DECLINED", "INTERRUPTED"];

/**
 * The same error with another next step where that would be the command that has failed the same way before, and failed so
 * again.
 */
export async function withOtherStep(
    error: unknown,
    given: GivenCommand,
    context: Pick<Context, "env" | "clock" | "directory">,
): Promise<unknown> {
    if (!(error instanceof AppError) || wanted.includes(error.code)) {
        return error;
    }
    const words = plainWords(given.argv);
    if (!isSameAgain(error.hint, words)) {
        return error;
    }
    return withConsent((await ifRepeated(error, words, given, context)) ?? error, words);
}

/** The error with another next step, where the same command has failed the same way before. */
async function ifRepeated(
    error: AppError,
    words: readonly string[],
    given: GivenCommand,
    context: Pick<Context, "env" | "clock" | "directory">,
): Promise<AppError | undefined> {
    const isDebug = given.argv.includes("--debug");
    const before = await pastOf(given, context).note(error, isDebug);
    if (before === undefined) {
        return undefined;
    }
    const { code, message, details } = error;
    return new AppError(code, {
        message,
        details: [...details, "the same command has failed the same way before"],
        hint: otherStep(error, words, given.environment, isDebug || before.withDebug),
        cause: error,
    });
}

/** Who has said yes beforehand says so again: without, the command would ask, or stop where nobody is there to ask. */
function withConsent(error: AppError, words: readonly string[]): AppError {
    const { code, message, details, hint } = error;
    const isLost =
        typeof hint === "object" &&
        "words" in hint &&
        words.some((word) => consents.includes(word)) &&
        // A yes to one thing is none to another: without an option the same command may do much more.
        isDeepStrictEqual(
            hint.words,
            words.filter((word) => !consents.includes(word)),
        );
    return isLost
        ? new AppError(code, { message, details, hint: command(...hint.words, "--yes"), cause: error })
        : error;
}

const consents: readonly string[] = ["--yes", "-y"];

/** Whatever has failed before is no matter once the command is done. */
export async function forgetFailures(
    given: GivenCommand,
    context: Pick<Context, "env" | "clock" | "directory">,
): Promise<void> {
    await pastOf(given, context).forget();
}

function pastOf(
    { argv, projectDirectory }: GivenCommand,
    context: Pick<Context, "env" | "clock" | "directory">,
): PastFailures {
    return new PastFailures(context, projectDirectory ?? context.directory, plainWords(argv));
}

/** Without the folder of the project, which is told by itself, and --debug. */
function plainWords(argv: readonly string[]): readonly string[] {
    return argv.filter(
        (word, index) =>
            word !== "--debug" &&
            !/^(?:-C|--project-directory)(?:=|$)/.test(word) &&
            !/^(?:-C|--project-directory)$/.test(argv[index - 1] ?? ""),
    );
}

/** Whether a next step is no more than the command that was given. */
function isSameAgain(hint: Line | undefined, words: readonly string[]): boolean {
    const first = typeof hint === "object" && !("words" in hint) ? hint[0] : hint;
    if (typeof first === "string") {
        return /^run (?:the same command again(?:;| in |$)|again with --debug)/.test(first);
    }
    return first !== undefined && isWithin(first, words);
}

/** Whether a command has no word that was not given, in their order. */
function isWithin({ words }: CommandLine, given: readonly string[]): boolean {
    let place = 0;
    const isGiven = (word: Word): boolean => {
        const found = typeof word === "string" ? given.indexOf(word, place) : place;
        place = found + 1;
        return found >= 0;
    };
    return words.every(isGiven);
}

/** What is left: why it fails, then what stands. */
function otherStep(
    { exitCode }: AppError,
    words: readonly string[],
    environment: string | undefined,
    isDebugged: boolean,
): Line {
    if (exitCode === exitCodes.failed && !isDebugged) {
        return command(...words, "--debug");
    }
    return environment === undefined || words[0] === "status"
        ? "look for the cause in what --debug shows, with AWS's own words and ids, and report it where it tells nothing"
        : command("status", environment);
}

import { line, startsWithCommand, type CommandLine, type Line } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";

/** A command that was ended while it replaced hosts. */
export interface Stopped {
    /** Such as `images update of dev`. */
    readonly what: string;
    /** It was interrupted by a person. */
    readonly interrupted: boolean;
    /** What goes on: the same command, maybe after another one. */
    readonly again: Line;
    /** The same, where tasks may stop with their hosts. */
    readonly allowing: CommandLine;
    /** What stands now, as a line. */
    readonly standing?: string;
}

/**
 * The error of a replacement that ended on its way, with the same command as its next step. What has to be done before that,
 * such as a login, comes first.
 */
export function stoppedRoll(
    error: unknown,
    { what, interrupted, again, allowing, standing }: Stopped,
): unknown {
    if (!(error instanceof AppError) && !interrupted) {
        return error;
    }
    const known = error instanceof AppError ? error : new AppError("INTERRUPTED", { message: "interrupted" });
    const { code, message, details, hint } = known;
    const isOurs = code === "INTERRUPTED" || hint === undefined || startsWithCommand(hint);
    const before = isOurs ? undefined : hint;
    return new AppError(code, {
        message: code === "INTERRUPTED" ? `${what} was interrupted` : message,
        details: [
            ...details,
            ...(standing === undefined ? [] : [standing]),
            ...(code === "TASKS_NOT_MOVED" ? [line`to let them stop with their host: ${allowing}`] : []),
            ...(before === undefined ? [] : [line`after that: ${again}`]),
        ],
        hint: before ?? again,
        cause: error,
    });
}

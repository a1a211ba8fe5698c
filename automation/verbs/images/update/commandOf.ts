import { command, line, startsWithCommand, type CommandLine } from "../../../../components/model/commandLine";
import { AppError } from "../../../errors/appError";
import type { ReplacementStep } from "../../../hosts/replacement/displacement";
import type { UpdateImageRequest } from "./contracts";

/** What decides what an update does. */
type Asked = Pick<
    UpdateImageRequest,
    "environment" | "to" | "plan" | "allowGenerationChange" | "allowInterruption" | "yes"
>;

/** The command line of a request, with every option that decides what it does. */
export function commandOf({
    environment,
    to,
    plan,
    allowGenerationChange,
    allowInterruption,
    yes,
}: Asked): CommandLine {
    return command(
        "images",
        "update",
        environment,
        to !== undefined && ["--to", to],
        allowGenerationChange && "--allow-generation-change",
        allowInterruption && "--allow-interruption",
        plan ? "--plan" : yes && "--yes",
    );
}

/** The command that does what was planned. */
export function commandAfter(asked: Asked, steps: readonly ReplacementStep[]): CommandLine {
    return commandOf({
        ...asked,
        plan: false,
        allowInterruption: asked.allowInterruption || stopsTasks(steps),
    });
}

/** Whether tasks stop with their hosts. */
export function stopsTasks(steps: readonly ReplacementStep[]): boolean {
    return steps.some(({ homeless, ending }) => homeless.length + ending.length > 0);
}

/**
 * The error of an update that ended on its way, with the same command as its next step. What has to be done before that,
 * such as a login, comes first.
 * @param standing what stands now, as a line
 */
export function stoppedUpdate(
    error: unknown,
    asked: Asked,
    interrupted: boolean,
    standing: string | undefined,
): unknown {
    const known = toKnown(error, interrupted);
    if (known === undefined) {
        return error;
    }
    const { code, message, details, hint } = known;
    const isOurs = code === "INTERRUPTED" || hint === undefined || startsWithCommand(hint);
    const before = isOurs ? undefined : hint;
    return new AppError(code, {
        message: code === "INTERRUPTED" ? `images update of ${asked.environment} was interrupted` : message,
        details: [
            ...details,
            ...(standing === undefined ? [] : [standing]),
            ...(before === undefined ? [] : [line`after that: ${commandOf(asked)}`]),
        ],
        hint: before ?? commandOf(asked),
        cause: error,
    });
}

function toKnown(error: unknown, interrupted: boolean): AppError | undefined {
    if (error instanceof AppError) {
        return error;
    }
    return interrupted ? new AppError("INTERRUPTED", { message: "interrupted", cause: error }) : undefined;
}

import type { ImageLock } from "../../../../components/model/images/imageLock";
import { AppError } from "../../../errors/appError";
import type { ReplacementStep } from "../../hostReplacement/displacement";
import type { UpdateImageRequest } from "./contracts";

/** What decides what an update does. */
type Asked = Pick<
    UpdateImageRequest,
    "environment" | "to" | "allowGenerationChange" | "allowInterruption" | "yes"
>;

/** The command line of a request, with every option that decides what it does. */
export function commandOf({ environment, to, allowGenerationChange, allowInterruption, yes }: Asked): string {
    return [
        `sles-ecs images update ${environment}`,
        ...(to === undefined ? [] : [`--to ${to}`]),
        ...(allowGenerationChange ? ["--allow-generation-change"] : []),
        ...(allowInterruption ? ["--allow-interruption"] : []),
        ...(yes ? ["--yes"] : []),
    ].join(" ");
}

/** The command that does what was planned. */
export function commandAfter(asked: Asked, steps: readonly ReplacementStep[]): string {
    return commandOf({ ...asked, allowInterruption: asked.allowInterruption || stopsTasks(steps) });
}

/** Whether tasks stop with their hosts. */
export function stopsTasks(steps: readonly ReplacementStep[]): boolean {
    return steps.some(({ homeless, ending }) => homeless.length + ending.length > 0);
}

interface Standing {
    /** Name of the settings file. */
    readonly file: string;
    readonly to: ImageLock;
    readonly replaced: readonly ReplacementStep[];
    readonly planned: readonly ReplacementStep[];
}

/**
 * The error of an update that ended on its way: what stands now, and that the same command goes on. What has to be done
 * before that, such as a login, stays the next step.
 */
export function stoppedUpdate(
    error: unknown,
    asked: Asked,
    interrupted: boolean,
    { file, to, replaced, planned }: Standing,
): unknown {
    const known = toKnown(error, interrupted);
    if (known === undefined) {
        return error;
    }
    const { code, message, details, hint } = known;
    const command = commandOf(asked);
    const isOurs = code === "INTERRUPTED" || hint === undefined || hint.startsWith("sles-ecs ");
    const before = isOurs ? undefined : hint;
    return new AppError(code, {
        message,
        details: [
            ...details,
            planned.length === 0
                ? `${file} locks ${to.name}`
                : `${file} locks ${to.name}, and ${replaced.length} of ${planned.length} hosts have been replaced`,
            ...(before === undefined ? [] : [`after that: ${command}`]),
        ],
        hint: before ?? command,
        cause: error,
    });
}

function toKnown(error: unknown, interrupted: boolean): AppError | undefined {
    if (error instanceof AppError) {
        return error;
    }
    return interrupted ? new AppError("INTERRUPTED", { message: "interrupted", cause: error }) : undefined;
}

import { command, type Line } from "../../components/model/commandLine";
import { isProvenGone, type Evidence } from "../../components/model/evidence";
import { namedProgress } from "../environment/namedProgress";
import { AppError } from "../errors/appError";
import { describeHolder, LockedError } from "../errors/lockedError";
import { exitCodes } from "../errors/exitCodes";
import type { Context } from "../ports/context";
import { destroy, type DestroyRequest } from "./destroy";
import { describeUnseen } from "../inventory/unreadable";

/** Environments at work at the same time: each is a process of the engine with some 200 MB. */
export const atOnce = 4;

/** What became of one environment of several. */
export interface Ended {
    readonly environment: string;
    readonly outcome: "lives" | "destroyed" | "declined" | "left" | "busy" | "failed";
    /** Why it was not destroyed, or what is left. */
    readonly reason?: string;
    /** What to do about it; not for scripts. */
    readonly next?: Line;
}

/** Destroys one of several environments: what becomes of it must not keep the others from their end. */
export async function endOne(request: DestroyRequest, context: Context): Promise<Ended> {
    const { environment, yes } = request;
    context.signal.throwIfAborted();
    try {
        const { evidence } = await destroy(request, yes ? namedProgress(context, environment) : context);
        return isProvenGone(evidence)
            ? { environment, outcome: "destroyed" }
            : {
                  environment,
                  outcome: "left",
                  reason: whatIsLeft(evidence),
                  next: command("destroy", environment),
              };
    } catch (error) {
        return failedOf(environment, error);
    }
}

/** What is left of one of several, or may be, in one line. */
export function whatIsLeft({ left, unseen }: Pick<Evidence, "left" | "unseen">): string {
    return [...left.map(({ type, id }) => `${type} ${id}`), ...unseen.map(describeUnseen)].join(", ");
}

const outcomes: Readonly<Partial<Record<AppError["code"], Ended["outcome"]>>> = {
    LEASE_RENEWED: "lives",
    LOCKED: "busy",
    DECLINED: "declined",
};

/**
 * What an error makes of the work on one environment.
 * @throws what is nobody's input, or an interruption
 */
export function failedOf(environment: string, error: unknown): Ended & { readonly reason: string } {
    if (!(error instanceof AppError) || error.code === "INTERRUPTED") {
        throw error;
    }
    const details = error instanceof LockedError ? [...error.holders.map(describeHolder)] : [];
    const reason = `${[error.message, ...details].join("; ")} (${error.code})`;
    const outcome =
        error instanceof LockedError && error.isSilent ? "failed" : (outcomes[error.code] ?? "failed");
    return { environment, outcome, reason, next: error.hint };
}

/** 7 when something of an environment is left, 1 when one could not be looked at or destroyed, 6 after a no. */
export function exitCodeOfAll(outcomesOfAll: readonly string[]): number {
    if (outcomesOfAll.includes("left")) {
        return exitCodes.leftBehind;
    }
    if (outcomesOfAll.includes("failed") || outcomesOfAll.includes("unreadable")) {
        return exitCodes.failed;
    }
    return outcomesOfAll.includes("declined") ? exitCodes.declined : exitCodes.done;
}

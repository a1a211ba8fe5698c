import { command } from "../../../components/model/commandLine";
import { AppError } from "../../errors/appError";
import { exitCodes } from "../../errors/exitCodes";
import { oneLine } from "../../output/oneLine";
import { formatSeconds } from "../../output/durations";
import type { Context } from "../../ports/context";
import { reap, type Reaped, type ReapRequest } from "./reap";

/** What passes by itself, or by somebody's hand elsewhere, is no reason to stop looking. */
const ends: readonly number[] = [
    exitCodes.usage,
    exitCodes.notFound,
    exitCodes.declined,
    exitCodes.interrupted,
];

/**
 * Reaps again and again, until it is interrupted.
 * @throws AppError USAGE without consent, for nobody is there to ask at night
 */
export async function watch(
    request: ReapRequest,
    everySeconds: number,
    context: Context,
    tell: (all: readonly Reaped[]) => void,
): Promise<never> {
    if (!request.yes && !request.dryRun) {
        throw new AppError("USAGE", {
            message: "--watch stays where nobody can be asked, and needs --yes or --dry-run",
            hint: command("reap", "--watch", "--yes"),
        });
    }
    for (;;) {
        try {
            tell(await reap(request, context));
        } catch (error) {
            if (!(error instanceof AppError) || ends.includes(error.exitCode)) {
                throw error;
            }
            context.io.stderr(
                `error: ${oneLine(error.message)} (${error.code}); looking again in ${formatSeconds(everySeconds)}\n`,
            );
        }
        await context.clock.sleep(everySeconds * 1000, context.signal);
    }
}

import { AppError } from "../errors/appError";
import type { Clock } from "../ports/io";

const firstPauseMilliseconds = 500;
const pauseGrowth = 1.5;

/** A moment of AWS not answering is no reason to give up what takes minutes anyway. */
const passing = new Set(["AWS_THROTTLED", "AWS_UNREACHABLE"]);

export interface Patience {
    /** Moment in milliseconds at which looking ends; there is one look after it has come. */
    readonly deadline: number;
    readonly signal: AbortSignal;
    /** @default 5000 */
    readonly longestPauseMilliseconds?: number;
}

/**
 * Looks again and again, often at first, until something is so.
 * @returns false when the time is over
 * @throws what the look throws; an AWS that does not answer for a while, only when the time is over
 */
export async function pollUntil(
    clock: Clock,
    { deadline, signal, longestPauseMilliseconds = 5_000 }: Patience,
    isSo: () => Promise<boolean>,
): Promise<boolean> {
    let pause = firstPauseMilliseconds;
    for (;;) {
        const left = deadline - clock.now().getTime();
        try {
            if (await isSo()) {
                return true;
            }
        } catch (error) {
            if (left <= 0 || !(error instanceof AppError) || !passing.has(error.code)) {
                throw error;
            }
        }
        if (left <= 0) {
            return false;
        }
        await clock.sleep(Math.min(pause, left), signal);
        pause = Math.min(Math.ceil(pause * pauseGrowth), longestPauseMilliseconds);
    }
}

import type { Clock } from "../ports/io";

const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 5_000;
const pauseGrowth = 1.5;

export interface Patience {
    /** Moment in milliseconds at which looking ends; there is one look after it has come. */
    readonly deadline: number;
    readonly signal: AbortSignal;
}

/** Looks again and again, often at first, until something is so. @returns false when the time is over */
export async function pollUntil(
    clock: Clock,
    { deadline, signal }: Patience,
    isSo: () => Promise<boolean>,
): Promise<boolean> {
    let pause = firstPauseMilliseconds;
    while (!(await isSo())) {
        const left = deadline - clock.now().getTime();
        if (left <= 0) {
            return false;
        }
        await clock.sleep(Math.min(pause, left), signal);
        pause = Math.min(Math.ceil(pause * pauseGrowth), longestPauseMilliseconds);
    }
    return true;
}

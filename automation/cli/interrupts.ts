/** What repeated Ctrl-C does, step by step, and what a signal does that asks to end. */
export interface Interrupts {
    /** Aborted by the first. */
    readonly signal: AbortSignal;
    /** Aborted by the third, and by the end of the time that a `terminate` leaves. */
    readonly killSignal: AbortSignal;
    /** Takes one Ctrl-C. */
    interrupt(): void;
    /** Takes one SIGTERM or SIGHUP: a Ctrl-C after which nobody is there for another one. */
    terminate(): void;
    /** While another program has the terminal, Ctrl-C is its own. */
    leaveTo<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * How long a command may go on after SIGTERM or SIGHUP. What AWS is creating for one resource is mostly recorded by
 * then, and it ends before systemd would kill it: 90 s, DefaultTimeoutStopSec of systemd-system.conf(5).
 */
const stopSeconds = 60;

const first = `
Stopping in good order: whatever AWS is doing right now is finished and recorded first.
`;
const second = `
Still stopping. AWS is finishing what was begun, which can take minutes.
A third Ctrl-C kills the engine at once: what is being created right now would then exist in AWS without being
recorded, and the environment would stay locked.
`;
const third = `
Killing the engine.
`;

interface InterruptOptions {
    /** Writes to the person at the terminal. */
    readonly tell: (text: string) => void;
    /** Time between a `terminate` and the kill. */
    readonly stopSeconds: number;
}

export function createInterrupts({ tell, stopSeconds: seconds }: InterruptOptions): Interrupts {
    const graceful = new AbortController();
    const kill = new AbortController();
    let count = 0;
    let deadline: NodeJS.Timeout | undefined;
    const killNow = (text: string): void => {
        clearTimeout(deadline);
        if (!kill.signal.aborted) {
            tell(text);
            kill.abort();
        }
    };
    let isLeft = false;
    const step = (): void => {
        count += 1;
        if (count === 1) {
            tell(first);
            graceful.abort();
        } else if (count === 2) {
            tell(second);
        } else {
            killNow(third);
        }
    };
    return {
        signal: graceful.signal,
        killSignal: kill.signal,
        interrupt: () => {
            if (!isLeft) {
                step();
            }
        },
        leaveTo: async (work) => {
            isLeft = true;
            try {
                return await work();
            } finally {
                isLeft = false;
            }
        },
        terminate: () => {
            // Not unref'd: what is stuck may hang on nothing that keeps the process, and would then end as if it were done.
            deadline ??= setTimeout(
                () => killNow(`\nStill not at an end ${seconds} s after the signal.${third}`),
                seconds * 1000,
            );
            step();
        },
    };
}

/** SLES_ECS_STOP_SECONDS, where it holds a number of seconds. */
export function stopSecondsFrom(env: Readonly<Record<string, string | undefined>>): number {
    const given = env["SLES_ECS_STOP_SECONDS"] ?? "";
    return /^\d{1,6}$/.test(given) ? Number(given) : stopSeconds;
}

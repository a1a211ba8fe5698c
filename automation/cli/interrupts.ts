/** What repeated Ctrl-C does, step by step. */
export interface Interrupts {
    /** Aborted by the first. */
    readonly signal: AbortSignal;
    /** Aborted by the third. */
    readonly killSignal: AbortSignal;
    /** Takes one Ctrl-C, or one signal that asks to end. */
    interrupt(): void;
}

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

/** @param tell writes to the person at the terminal */
export function createInterrupts(tell: (text: string) => void): Interrupts {
    const graceful = new AbortController();
    const kill = new AbortController();
    let count = 0;
    return {
        signal: graceful.signal,
        killSignal: kill.signal,
        interrupt: () => {
            count += 1;
            if (count === 1) {
                tell(first);
                graceful.abort();
            } else if (count === 2) {
                tell(second);
            } else if (count === 3) {
                tell(third);
                kill.abort();
            }
        },
    };
}

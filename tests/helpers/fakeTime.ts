import type { Clock, Progress } from "../../automation/ports/io";

export interface FakeClock extends Clock {
    /** Seconds slept so far. */
    readonly seconds: number;
}

/** When every test begins. */
export const startOfTime = Date.UTC(2026, 10, 23, 10, 0, 0);

/** A clock whose time passes only while somebody sleeps; `onSecond` may then change the world. */
export function createFakeClock(onSleep: (seconds: number) => void = () => undefined): FakeClock {
    const start = startOfTime;
    let now = start;
    return {
        now: () => new Date(now),
        sleep: async (milliseconds, signal) => {
            await Promise.resolve();
            signal?.throwIfAborted();
            now += milliseconds;
            onSleep((now - start) / 1000);
        },
        get seconds() {
            return (now - start) / 1000;
        },
    };
}

export interface RecordedProgress {
    readonly progress: Progress;
    /** Notes, and status blocks that differ from the one before. */
    readonly notes: string[];
    readonly statuses: string[][];
    /** What was told of hosts where it differs from the time before: how many are wanted, and in words how far each has come. */
    readonly hosts: [number, ...string[]][];
}

export function recordProgress(): RecordedProgress {
    const notes: string[] = [];
    const statuses: string[][] = [];
    const hosts: [number, ...string[]][] = [];
    return {
        notes,
        statuses,
        hosts,
        progress: {
            phase: () => undefined,
            status: (lines) => {
                if (JSON.stringify(lines) !== JSON.stringify(statuses.at(-1))) {
                    statuses.push([...lines]);
                }
            },
            hosts: (all, wanted) => {
                const told: [number, ...string[]] = [wanted, ...all.map(({ reached }) => reached)];
                if (JSON.stringify(told) !== JSON.stringify(hosts.at(-1))) {
                    hosts.push(told);
                }
            },
            note: (line) => notes.push(line),
            resource: () => undefined,
            diagnostic: () => undefined,
            end: () => undefined,
        },
    };
}

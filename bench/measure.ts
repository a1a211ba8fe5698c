import { start, type MeasuredCommand } from "./command";
import { peakMemoryMiB } from "./memory";

/** Two commands that do the same work, and how they may differ. */
export interface Comparison {
    readonly name: string;
    readonly ours: MeasuredCommand;
    readonly baseline: MeasuredCommand;
    /** Above this ratio of ours to the baseline the measurement fails. */
    readonly limit: number;
    /** Brings about what both sides need, before the first run. */
    readonly prepare?: () => void | Promise<void>;
    /** Takes back what a run of a side did; not counted. Such runs have none before them that fills the caches. */
    readonly undo?: (side: "ours" | "baseline") => void | Promise<void>;
    /** Where a run takes minutes. @default - as many as are asked for */
    readonly runs?: number;
}

export interface Measured {
    readonly command: string;
    readonly medianSeconds: number;
    readonly minSeconds: number;
    readonly maxSeconds: number;
    /** Missing where it cannot be measured. */
    readonly peakMiB: number | undefined;
}

export interface Ratio {
    readonly name: string;
    /** Median of ours by median of the baseline. */
    readonly ratio: number;
    readonly limit: number;
    readonly runs: number;
    readonly ours: Measured;
    readonly baseline: Measured;
}

/**
 * Measures both sides in turn, so that whatever else the machine does hits both alike; one run of each before
 * that fills the caches and is not counted, unless a run changes something.
 */
export async function compare(
    comparison: Comparison,
    runsAsked: number,
    report: (line: string) => void,
): Promise<Ratio> {
    const { undo, runs = runsAsked } = comparison;
    await comparison.prepare?.();
    const sides = [comparison.ours, comparison.baseline] as const;
    const memory =
        undo === undefined
            ? ([await peakMemoryMiB(sides[0]), await peakMemoryMiB(sides[1])] as const)
            : ([undefined, undefined] as const);
    const seconds: readonly [number[], number[]] = [[], []];
    for (let run = 1; run <= runs; run++) {
        for (const side of [0, 1] as const) {
            seconds[side].push(await start(sides[side]).ended);
            await undo?.(side === 0 ? "ours" : "baseline");
        }
        const latest = seconds.map((list) => `${list.at(-1)?.toFixed(2) ?? ""} s`).join(" against ");
        report(`${comparison.name}: run ${run} of ${runs}: ${latest}`);
    }
    const ours = summarise(sides[0], seconds[0], memory[0]);
    const baseline = summarise(sides[1], seconds[1], memory[1]);
    const ratio = ours.medianSeconds / baseline.medianSeconds;
    return { name: comparison.name, ratio, limit: comparison.limit, runs, ours, baseline };
}

function summarise(
    command: MeasuredCommand,
    seconds: readonly number[],
    peakMiB: number | undefined,
): Measured {
    return {
        command: command.title,
        medianSeconds: median(seconds),
        minSeconds: Math.min(...seconds),
        maxSeconds: Math.max(...seconds),
        peakMiB,
    };
}

/** The middle of the sorted values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((left, right) => left - right);
    const middle = Math.floor(sorted.length / 2);
    const upper = sorted[middle] ?? NaN;
    return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

const unitMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof unitMilliseconds;

/** Go counts nanoseconds in 63 bits; a longer duration is none (Go, package time, ParseDuration). */
const longestMilliseconds = 2 ** 63 / 1e6;

/**
 * Reads a duration in the form that the agent takes (Go, package time, ParseDuration), of hours, minutes, seconds
 * and milliseconds.
 * @returns milliseconds, or undefined for text that is no such duration
 */
export function durationMilliseconds(text: string): number | undefined {
    if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(text)) {
        return undefined;
    }
    const sum = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
        (milliseconds, [, count, unit]) => milliseconds + Number(count) * unitMilliseconds[unit as Unit],
        0,
    );
    return sum < longestMilliseconds ? sum : undefined;
}

const dayHours = 24;

/** Seconds as a person reads them: `0.4 s`, `12 s`, `2 min 5 s`, `1 h 3 min`, `40 days`. */
export function formatSeconds(seconds: number): string {
    if (seconds < 9.95) {
        return `${Math.max(0, seconds).toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    if (whole < 60) {
        return `${whole} s`;
    }
    if (whole < 3600) {
        return twoUnits(whole, 60, "min", "s");
    }
    const minutes = Math.round(whole / 60);
    return minutes < 2 * dayHours * 60
        ? twoUnits(minutes, 60, "h", "min")
        : `${Math.round(minutes / 60 / dayHours)} days`;
}

function twoUnits(count: number, size: number, large: string, small: string): string {
    const rest = count % size;
    return `${Math.floor(count / size)} ${large}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}

/** Seconds between two moments. */
export function secondsBetween(from: Date, to: Date): number {
    return (to.getTime() - from.getTime()) / 1000;
}

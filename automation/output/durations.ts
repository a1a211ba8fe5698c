/** Seconds as a person reads them: `0.4 s`, `12 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatSeconds(seconds: number): string {
    if (seconds < 9.95) {
        return `${Math.max(0, seconds).toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    if (whole < 60) {
        return `${whole} s`;
    }
    if (whole < 3600) {
        const rest = whole % 60;
        return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
    }
    const minutes = Math.round((whole % 3600) / 60);
    return minutes === 0 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 3600)} h ${minutes} min`;
}

/** Seconds between two moments. */
export function secondsBetween(from: Date, to: Date): number {
    return (to.getTime() - from.getTime()) / 1000;
}

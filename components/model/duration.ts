/** A bare number is no duration: nobody can tell its unit. Units come from the largest to the smallest, each once. */
const form = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const unitSeconds = [86_400, 3600, 60, 1] as const;

/** Ten years: what is longer is a slip of the keyboard, and no calendar's business. */
const longestDays = 3650;
const longestSeconds = longestDays * 86_400;

/** With what the words for an expected duration begin. */
export const aDuration = "a duration";

/** What `parseDuration` takes, in words. */
export const durationExpected = `days, hours, minutes and seconds such as 90s, 8h, 1h30m or 7d12h, and at most ${longestDays}d`;

/** Seconds of a duration such as `90s`, `8h` or `7d12h`; undefined for anything else, or for more than ten years. */
export function parseDuration(text: string): number | undefined {
    const match = form.exec(text);
    if (text === "" || match === null) {
        return undefined;
    }
    const seconds = unitSeconds.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
    return seconds <= longestSeconds ? seconds : undefined;
}

/** The shortest text that `parseDuration` reads as so many seconds. @param seconds a whole number, 0 or more */
export function formatDuration(seconds: number): string {
    let rest = seconds;
    const parts = unitSeconds.map((unit, index) => {
        const count = Math.floor(rest / unit);
        rest -= count * unit;
        return count === 0 ? "" : `${count}${"dhms"[index] ?? ""}`;
    });
    return parts.join("") || "0s";
}

import { AppError } from "../errors/appError";

const pattern = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/**
 * Reads a duration such as `90s`, `10m` or `1h30m`.
 * @param option what to call it in an error, such as `--timeout`
 * @returns seconds
 * @throws AppError USAGE for anything else, a bare number included: nobody can tell its unit.
 */
export function parseDuration(text: string, option: string): number {
    const match = pattern.exec(text);
    if (text === "" || match === null) {
        throw new AppError("USAGE", {
            message: `${option} is not a duration: got ${JSON.stringify(text)}, expected hours, minutes and seconds such as 90s, 10m or 1h30m`,
        });
    }
    const [hours, minutes, seconds] = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
    return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

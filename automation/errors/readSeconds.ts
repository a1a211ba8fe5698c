import { durationExpected, parseDuration } from "../../components/model/duration";
import { AppError } from "./appError";

/**
 * Reads a duration that somebody has given, such as `90s`.
 * @param what it was given for, such as `--timeout`
 * @returns seconds
 * @throws AppError USAGE
 */
export function readSeconds(text: string, what: string): number {
    const seconds = parseDuration(text);
    if (seconds === undefined) {
        throw new AppError("USAGE", {
            message: `${what} is not a duration: got ${JSON.stringify(text)}, expected ${durationExpected}`,
        });
    }
    return seconds;
}

/** The same for a duration that would mean nothing if it were none. @throws AppError USAGE */
export function readSomeSeconds(text: string, what: string): number {
    const seconds = readSeconds(text, what);
    if (seconds === 0) {
        throw new AppError("USAGE", {
            message: `${what} is no time at all: got ${JSON.stringify(text)}, expected more than 0`,
        });
    }
    return seconds;
}

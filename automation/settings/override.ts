import { parse } from "yaml";

import { AppError } from "../errors/appError";

/** One setting of the command line. */
interface Override {
    readonly path: readonly [string, ...string[]];
    readonly value: unknown;
}

/**
 * Reads `hosts.count=2`; the value is YAML, so that numbers, truth values and lists are what they look like.
 * @throws AppError USAGE
 */
export function parseOverride(text: string): Override {
    const match = /^([^=\s]+)=(.*)$/s.exec(text);
    const [first, ...rest] = (match?.[1] ?? "").split(".");
    if (match === null || first === undefined || [first, ...rest].includes("")) {
        throw new AppError("USAGE", {
            message: `--set does not understand this: got ${JSON.stringify(text)}, expected path=value such as hosts.count=1`,
        });
    }
    try {
        return { path: [first, ...rest], value: parse(match[2] ?? "") as unknown };
    } catch (error) {
        throw new AppError("USAGE", {
            message: `the value of --set ${match[1] ?? ""} is not valid YAML: got ${JSON.stringify(match[2])}`,
            cause: error,
        });
    }
}

import { parseDocument } from "yaml";

import { shellWord } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { readForPulumi } from "../yaml/pulumiYaml";

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
    const [, setting = "", written = ""] = match;
    const [error] = parseDocument(written).errors;
    if (error !== undefined) {
        throw new AppError("USAGE", {
            message: `the value of --set ${setting} is not valid YAML: got ${JSON.stringify(written)}`,
            cause: error,
        });
    }
    const { values, misreadings } = readForPulumi(written);
    const [misread] = misreadings;
    if (misread !== undefined) {
        const { path, instead } = misread;
        throw new AppError("USAGE", {
            message: `--set ${setting}: got ${misread.written}, ${misread.reason}`,
            // Within a list or a group the rest is the person's own.
            hint:
                path.length === 0 && instead !== undefined
                    ? `--set ${shellWord(`${setting}=${instead}`)}`
                    : undefined,
        });
    }
    return { path: [first, ...rest], value: values };
}

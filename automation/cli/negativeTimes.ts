import type { Options } from "yargs";

import type { DeclaredOptions } from "../command/command";
import { AppError } from "../errors/appError";
import { asTyped, dashed, inCamelCase, withEqualsSign } from "./usageErrors";

/**
 * A time such as `-4h`, which yargs would take for the options `-4` and `-h`, and answer with the help, as if all were well.
 * @param options of the command. @default - not known yet: what follows anything with a dash may be its value
 * @throws AppError USAGE
 */
export function refuseNegativeTimes(argv: readonly string[], options?: DeclaredOptions): void {
    const end = argv.indexOf("--");
    for (const [at, word] of (end === -1 ? argv : argv.slice(0, end)).entries()) {
        const before = argv[at - 1] ?? "";
        if (!/^-\d[\d.]*[a-z]/i.test(word) || (options === undefined && before.startsWith("-"))) {
            continue;
        }
        const [name, option] = lastOption(before, options ?? {}) ?? [];
        if (name === undefined || option === undefined || option.type === "boolean") {
            throw new AppError("USAGE", {
                message: `unexpected argument ${JSON.stringify(word)}: no time is negative`,
            });
        }
        if (option.array === true) {
            // Of such an option yargs takes no value with a dash; of any other it does, for its own reader.
            throw new AppError("USAGE", {
                message: `the option ${asTyped(name)} needs a value${withEqualsSign(name)}`,
            });
        }
    }
}

/** The option that the next word may be the value of: in `-yo` the last one. */
function lastOption(word: string, options: DeclaredOptions): readonly [string, Options] | undefined {
    const typed = word.includes("=") ? undefined : dashed(word);
    const name = word.startsWith("--") ? typed : typed?.slice(-1);
    return Object.entries(options).find(([long, { alias }]) =>
        [long, inCamelCase(long), ...[alias ?? []].flat()].includes(name ?? ""),
    );
}

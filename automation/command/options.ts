import type { Argv } from "yargs";

import { AppError } from "../errors/appError";

export type OutputFormat = "table" | "json";

/** `--output`, for every command that answers. */
export function withOutput<T>(yargs: Argv<T>): Argv<T & { readonly output: OutputFormat }> {
    return yargs.option("output", {
        alias: "o",
        describe: "Form of the answer on stdout",
        choices: ["table", "json"] as const,
        default: "table" as const,
        requiresArg: true,
    });
}

/**
 * For options that mean nothing twice, which yargs would make a list of.
 * @throws AppError USAGE
 */
export function once<T>(option: string): (given: T | readonly T[]) => T {
    return (given) => {
        const all = [given].flat() as readonly T[];
        if (all.length > 1) {
            throw new AppError("USAGE", {
                message: `${option} is there ${all.length} times: got ${all.join(" and ")}, expected one of them`,
            });
        }
        return all[0] as T;
    };
}

/** `<environment>`, for every command that works on one. */
export function withEnvironment<T>(yargs: Argv<T>): Argv<T & { readonly environment: string }> {
    return yargs.positional("environment", {
        describe: "Name of the environment, which is a Pulumi stack",
        type: "string",
        demandOption: true,
    });
}

/** `--parallel`, for every command that runs the engine. */
export function withParallel<T>(yargs: Argv<T>): Argv<T & { readonly parallel: number | undefined }> {
    return yargs.option("parallel", {
        describe: "How many resources are worked on at once",
        type: "number",
        requiresArg: true,
        defaultDescription: "the engine decides",
        coerce: checkParallel,
    });
}

function checkParallel(parallel: number | undefined): number | undefined {
    if (parallel !== undefined && (!Number.isInteger(parallel) || parallel < 1)) {
        throw new AppError("USAGE", {
            message: `--parallel is not a number of resources: got ${parallel}, expected 1 or more`,
        });
    }
    return parallel;
}

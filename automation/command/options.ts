import type { Options } from "yargs";

import { AppError } from "../errors/appError";
import { readSeconds, readSomeSeconds } from "../errors/readSeconds";
import { defaultParallel } from "../ports/engine";

export type OutputFormat = "table" | "json";

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

/** The same for a text without which the option means nothing, such as that of a variable that nobody has set. */
export function someText(option: string): (given: string | readonly string[]) => string {
    return (given) => {
        const text = once<string>(option)(given);
        if (text.trim() === "") {
            throw new AppError("USAGE", {
                message: `the option ${option} needs a value: got ${JSON.stringify(text)}`,
            });
        }
        return text;
    };
}

/** Options that every command takes. */
export const commonOptions = {
    yes: { alias: "y", type: "boolean", default: false, describe: "Answer every question with yes" },
    "project-directory": {
        alias: ["C", "cwd"],
        type: "string",
        requiresArg: true,
        coerce: once<string>("--project-directory"),
        describe: "Folder of the project; else found upwards from here",
    },
    debug: { type: "boolean", default: false, describe: "Show the stack and the cause of every error" },
    verbose: {
        type: "boolean",
        default: false,
        describe: "In plans, name every step with Pulumi's type and name of it",
    },
} as const satisfies Record<string, Options>;

/** `<environment>`, for every command that works on one. */
export const environment = {
    describe: "Name of the environment, which is a Pulumi stack",
    type: "string",
    demandOption: true,
} as const satisfies Options;

/** `--output`, for every command that answers. */
export const output = {
    alias: "o",
    describe: "Form of the answer on stdout",
    choices: ["table", "json"],
    default: "table",
    requiresArg: true,
} as const satisfies Options;

/** `--region`, for every command about images. */
export const region = {
    describe: "Region of AWS, such as eu-central-1",
    type: "string",
    requiresArg: true,
    defaultDescription: "aws:region of Pulumi.yaml, AWS_REGION, AWS's own files, or that of all environments",
    coerce: once<string>("--region"),
} as const satisfies Options;

/** `--directory`, for every command that works on a local cloud. */
export const directory = {
    describe: "Where the local cloud keeps its state and its log",
    type: "string",
    requiresArg: true,
    defaultDescription: ".sles-ecs/local in the project",
} as const satisfies Options;

/** `--parallel`, for every command that runs the engine. */
export const parallel = {
    describe: "How many resources are worked on at once",
    type: "number",
    requiresArg: true,
    defaultDescription: `PULUMI_PARALLEL, or ${defaultParallel}, as waiting for AWS needs no processor`,
    coerce: countOf("--parallel", "resources"),
} as const satisfies Options;

interface Duration extends Options {
    readonly type: "string";
    readonly default: string;
    /** @returns seconds */
    readonly coerce: (given: string | readonly string[]) => number;
}

/** A duration such as `8h` that is longer than none; `run` receives seconds. */
export function someTime(
    option: string,
    describe: string,
): Omit<Duration, "default" | "requiresArg"> & { readonly demandOption: true } {
    return {
        describe,
        type: "string",
        demandOption: true,
        coerce: someSecondsOf(option),
    };
}

/** An option that is a duration such as `90s`, ten minutes unless given; `run` receives seconds. */
export function duration(option: string, describe: string): Duration {
    return {
        describe,
        type: "string",
        requiresArg: true,
        default: "10m",
        coerce: (given) => readSeconds(once<string>(option)(given), option),
    };
}

/** `--allow-interruption`, for every command that replaces hosts. */
export const allowInterruption = {
    describe: "Also replace a host whose tasks would stop with it",
    type: "boolean",
    default: false,
} as const satisfies Options;

/** `--drain-timeout`, for every command that replaces hosts; `run` receives seconds. */
export const drainTimeout = duration(
    "--drain-timeout",
    "How long to wait for the tasks of each host to move",
);

/** `--deadline`, for commands that have tasks moved; `run` receives seconds. */
export const deadline = {
    ...duration("--deadline", "How long tasks may take to move, such as 90s or 30m"),
    default: "30m",
};

/** `--batch`, for every command that replaces hosts. */
export const batch = {
    describe: "How many hosts of an Auto Scaling group go at once; fixed hosts go one by one",
    type: "number",
    requiresArg: true,
    default: 1,
    coerce: countOf("--batch", "hosts"),
} as const satisfies Options;

/** `--wait-for-lock`, for every command that locks its environment; `run` receives seconds. */
export const waitForLock = {
    ...duration("--wait-for-lock", "How long to wait while somebody else is at work on it, such as 10m"),
    default: "0s",
    defaultDescription: "not at all",
};

/** Reads a duration without a default, for options; `run` receives seconds. @throws AppError USAGE */
export function secondsOf(option: string): (given: string | readonly string[]) => number {
    return (given) => readSeconds(once<string>(option)(given), option);
}

/** The same for one that is longer than none. @throws AppError USAGE */
export function someSecondsOf(option: string): (given: string | readonly string[]) => number {
    return (given) => readSomeSeconds(once<string>(option)(given), option);
}

/**
 * Reads an option or argument of `type: "number"`, which is handed on as it was typed.
 * @param range @default - any: what takes the number says what is expected of it
 * @throws AppError USAGE
 */
export function wholeNumber(
    option: string,
    range?: { readonly least: number; readonly most: number },
): (given: string | readonly string[]) => number {
    const expected = range === undefined ? "digits only" : `one from ${range.least} to ${range.most}`;
    return readWhole(option, "a whole number", expected, range);
}

/** Reads a number of things, for options of numbers. @throws AppError USAGE for anything but a whole number from 1 on */
export function countOf(option: string, things: string): (given: string | readonly string[]) => number {
    return readWhole(option, `a number of ${things}`, "1 or more", { least: 1, most: Infinity });
}

function readWhole(
    option: string,
    what: string,
    expected: string,
    { least, most } = { least: -Infinity, most: Infinity },
): (given: string | readonly string[]) => number {
    return (given) => {
        // A default is a number.
        const text = String(once<string | number>(option)(given));
        const value = Number(text);
        if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most) {
            throw new AppError("USAGE", {
                message: `${option} is not ${what}: got ${text === "" ? "nothing" : text}, expected ${expected}`,
            });
        }
        return value;
    };
}

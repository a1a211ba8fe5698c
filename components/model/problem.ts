import { line, type Line } from "./commandLine";
import type { NextStep, WordNextStep } from "./nextStep";

/**
 * One thing wrong (or doubtful) with an input. All problems of an input are collected before anything is
 * refused, so that a person mends them in one go.
 */
export interface Problem {
    /** Where it is: the path inside the settings, such as `hosts.count` or `network.subnetIds[1]`. */
    readonly path: string;
    /** What is wrong, with the value got and the values expected; one sentence without a full stop. */
    readonly message: string;
    /** What to do about it, where that is known. */
    readonly hint?: NextStep;
    /** `error` refuses the input, `warning` is only shown. */
    readonly severity: "error" | "warning";
}

/** One problem as a line: `path: message (hint)`. */
export function problemLine(problem: Problem, word: WordNextStep): Line {
    const { hint } = problem;
    return line`${placed(problem)}${hint === undefined ? "" : line` (${word(hint)})`}`;
}

/** The message behind the setting that it is about, if it is about one. */
export function placed({ path, message }: Pick<Problem, "path" | "message">): string {
    return path === "" ? message : `${path}: ${message}`;
}

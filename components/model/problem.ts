import type { Line } from "./commandLine";

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
    readonly hint?: Line;
    /** `error` refuses the input, `warning` is only shown. */
    readonly severity: "error" | "warning";
}

import type { Line } from "../../../components/model/commandLine";

/** One thing that this machine has, or lacks. */
export interface Check {
    readonly what: string;
    readonly verdict: "good" | "doubtful" | "bad";
    /** What was found. */
    readonly found: string;
    /** What to do about it; missing where nothing is. */
    readonly remedy?: Line;
}

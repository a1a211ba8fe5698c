import { formatSeconds } from "../output/durations";
import { renderJson } from "../output/json";
import type { OutputFormat } from "../command/options";

/** The lease of an environment, as a verb answers it. */
export interface LeaseAnswer {
    readonly environment: string;
    readonly owner: string;
    /** ISO 8601, UTC; missing where it stays. */
    readonly expiresAt?: string;
    /** From now on; missing where it stays. */
    readonly secondsLeft?: number;
}

/** When an environment ends, and whose it is. */
export function showLease(answer: LeaseAnswer, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(answer);
    }
    const { environment, owner, expiresAt, secondsLeft } = answer;
    return `${environment} of ${owner} ${describeEnd(expiresAt, secondsLeft)}\n`;
}

/** `ends in 4 h, at 2026-11-29T20:00:00Z`, `is over since 2 min`, or that it stays. */
export function describeEnd(expiresAt: string | undefined, secondsLeft: number | undefined): string {
    if (expiresAt === undefined || secondsLeft === undefined) {
        return "stays until it is destroyed";
    }
    return secondsLeft > 0
        ? `ends in ${formatSeconds(secondsLeft)}, at ${expiresAt}`
        : `is over since ${formatSeconds(-secondsLeft)}`;
}

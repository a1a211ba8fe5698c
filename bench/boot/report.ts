import { renderTable } from "../../automation/output/table";
import { median } from "../measure";
import type { BootSetup } from "./setups";

export interface MeasuredSetup {
    readonly setup: Pick<BootSetup, "name" | "limitSeconds">;
    readonly oursSeconds: readonly number[];
    readonly noneSeconds: readonly number[];
}

/** By how much the agent starts later: the difference of the medians. */
export function laterSeconds({ oursSeconds, noneSeconds }: MeasuredSetup): number {
    return median(oursSeconds) - median(noneSeconds);
}

export function isWithinLimit(measured: MeasuredSetup): boolean {
    return laterSeconds(measured) <= measured.setup.limitSeconds;
}

/** What `npm run bench:boot` prints: a line a setup. */
export function showBoots(all: readonly MeasuredSetup[]): string {
    const rows = all.map((measured) => [
        measured.setup.name,
        seconds(measured.oursSeconds),
        seconds(measured.noneSeconds),
        signed(laterSeconds(measured)),
        `+${measured.setup.limitSeconds.toFixed(0)} s`,
        isWithinLimit(measured) ? "ok" : "too slow",
        measured.oursSeconds.length,
    ]);
    return renderTable(["HOST", "OURS", "NO USER DATA", "LATER BY", "LIMIT", "VERDICT", "RUNS"], rows);
}

function seconds(values: readonly number[]): string {
    return `${median(values).toFixed(2)} s (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}

function signed(value: number): string {
    return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(2)} s`;
}

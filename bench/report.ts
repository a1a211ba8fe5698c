import { renderTable } from "../automation/output/table";
import type { Measured, Ratio } from "./measure";

/** What `npm run bench` prints: a line a comparison, then a line a command. */
export function showRatios(ratios: readonly Ratio[]): string {
    const summary = ratios.map(({ name, ratio, limit, runs }) => [
        name,
        ratio.toFixed(2),
        limit.toFixed(1),
        ratio <= limit ? "ok" : "too slow",
        runs,
    ]);
    const details = ratios.flatMap(({ ours, baseline }) => [ours, baseline]).map(showMeasured);
    return [
        renderTable(["COMPARISON", "RATIO", "LIMIT", "VERDICT", "RUNS"], summary),
        renderTable(["COMMAND", "MEDIAN", "FASTEST", "SLOWEST", "PEAK MEMORY"], details),
    ].join("\n");
}

function showMeasured({
    command,
    medianSeconds,
    minSeconds,
    maxSeconds,
    peakMiB,
}: Measured): readonly string[] {
    const seconds = [medianSeconds, minSeconds, maxSeconds].map((value) => `${value.toFixed(2)} s`);
    return [command, ...seconds, peakMiB === undefined ? "" : `${peakMiB.toFixed(0)} MiB`];
}

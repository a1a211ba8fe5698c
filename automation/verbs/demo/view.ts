import type { DemoResult } from "./demo";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../../command/options";

/** Closing tables of the demo: what each phase took, and that nothing is left. */
export function showDemo(result: DemoResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const left = Object.keys(result.after).map((kind) => [
        kind,
        result.before[kind] ?? 0,
        result.after[kind] ?? 0,
    ]);
    const phases = result.phases.map(({ name, seconds }) => [name, formatSeconds(seconds)]);
    return [
        renderTable(["IN THE ACCOUNT", "BEFORE", "AFTER"], left),
        renderTable(["PHASE", "TOOK"], [...phases, ["all but the set-up", formatSeconds(result.seconds)]]),
    ].join("\n");
}

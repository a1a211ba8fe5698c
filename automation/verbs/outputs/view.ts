import type { OutputsResult } from "./outputs";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { Outputs } from "../../ports/engine";
import type { OutputFormat } from "../../command/options";

/** The outputs of an environment. */
export function showOutputs(result: OutputsResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    return Object.keys(result.outputs).length === 0
        ? `${result.environment} has no outputs: nothing is up\n`
        : renderTable(["OUTPUT", "VALUE"], outputRows(result.outputs));
}

/** Names and values, sorted by name; a list on one line. */
export function outputRows(outputs: Outputs): [string, string][] {
    return Object.entries(outputs)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => [name, describe(value)]);
}

function describe(value: unknown): string {
    if (Array.isArray(value)) {
        return value.map(describe).join(", ");
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

import type { Outputs } from "../ports/engine";
import { renderTable } from "./table";

/** The outputs of an environment, sorted by name; a list on one line. */
export function renderOutputs(outputs: Outputs): string {
    const rows = Object.entries(outputs)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => [name, describe(value)]);
    return renderTable(["OUTPUT", "VALUE"], rows);
}

function describe(value: unknown): string {
    if (Array.isArray(value)) {
        return value.map(describe).join(", ");
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

import { countPlan } from "../../actions/changes";
import type { ChangesResult } from "../../actions/preview";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { ChangeSummary } from "../../ports/engine";
import type { OutputFormat } from "../options";

const nothing = { preview: "up would change nothing", refresh: "AWS and the state agree" };

/** The steps of a preview, or the differences that a refresh found. */
export function showChanges(kind: "preview" | "refresh", result: ChangesResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson({ environment: result.environment, ...changesAsJson(result.changes) });
    }
    const { steps } = result.changes;
    if (steps.length === 0) {
        return `${result.environment}: ${nothing[kind]}\n`;
    }
    return `${stepTable(result.changes)}\n${result.environment}: ${summary(kind, result.changes)}\n`;
}

/** The steps as a table, one line a resource. */
export function stepTable(changes: ChangeSummary): string {
    return renderTable(
        ["STEP", "TYPE", "NAME", "CHANGED"],
        changes.steps.map((step) => [step.operation, step.type, step.name, step.changedProperties.join(", ")]),
    );
}

/** Counts and steps, for scripts. */
export function changesAsJson(changes: ChangeSummary): object {
    return {
        counts: changes.counts,
        steps: changes.steps.map(({ operation, type, name, urn, changedProperties }) => ({
            operation,
            type,
            name,
            urn,
            changedProperties,
        })),
    };
}

function summary(kind: "preview" | "refresh", changes: ChangeSummary): string {
    return kind === "preview"
        ? `up would ${countPlan(changes)}`
        : `${changes.steps.length === 1 ? "1 difference" : `${changes.steps.length} differences`} between AWS and the state`;
}

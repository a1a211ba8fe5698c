import type { Context } from "../ports/context";
import { countPlan } from "../output/changes";
import { updateAdvice, updateInstead } from "../hosts/replacement/expectedChanges";
import type { ChangesResult } from "./preview/preview";
import { renderJson } from "../output/json";
import { renderTable } from "../output/table";
import type { ChangeSummary, ResourceOperation } from "../ports/engine";
import type { OutputFormat } from "../command/options";

const nothing = { preview: "up would change nothing", refresh: "AWS and the state agree" };

/** The steps of a preview, or the differences that a refresh found. */
export function showChanges(
    kind: "preview" | "refresh",
    result: ChangesResult,
    output: OutputFormat,
    { show }: Pick<Context, "show">,
): string {
    if (output === "json") {
        return renderJson({ environment: result.environment, ...changesAsJson(result.changes) });
    }
    const { steps } = result.changes;
    if (steps.length === 0) {
        return `${result.environment}: ${nothing[kind]}\n`;
    }
    const table = renderTable(
        [kind === "preview" ? "STEP" : "IN AWS", "TYPE", "NAME", "CHANGED"],
        steps.map((step) => [
            kind === "preview" ? step.operation : inAws[step.operation],
            step.type,
            step.name,
            step.changedProperties.join(", "),
        ]),
    );
    const instead = kind === "preview" ? updateInstead(result, steps) : undefined;
    return [
        table,
        `${result.environment}: ${summary(kind, result.changes)}`,
        ...(instead === undefined ? [] : [show(updateAdvice(instead))]),
        "",
    ].join("\n");
}

/** What a refresh's step, which is about the state, says about AWS. */
const inAws: Readonly<Partial<Record<ResourceOperation, string>>> = { update: "changed", delete: "gone" };

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

import type { OutputFormat } from "../../command/options";
import { changesAsJson, renderSteps } from "../../output/changes";
import { renderJson } from "../../output/json";
import type { ResourceOperation } from "../../ports/engine";
import type { RefreshResult } from "./refresh";

/** What a refresh's step, which is about the state, says about AWS. */
const inAws: Readonly<Partial<Record<ResourceOperation, string>>> = { update: "changed", delete: "gone" };

/** The differences that a refresh found. */
export function showRefresh({ environment, changes }: RefreshResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson({ environment, ...changesAsJson(changes) });
    }
    const { steps } = changes;
    if (steps.length === 0) {
        return `${environment}: AWS and the state agree\n`;
    }
    const count = steps.length === 1 ? "1 difference" : `${steps.length} differences`;
    return [
        renderSteps(steps, "IN AWS", (operation) => inAws[operation]),
        `${environment}: ${count} between AWS and the state`,
        "",
    ].join("\n");
}

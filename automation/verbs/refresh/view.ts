import { command } from "../../../components/model/commandLine";
import { describeDrift, driftAsJson } from "../../inventory/drift";
import type { OutputFormat } from "../../command/options";
import { changesAsJson, renderSteps } from "../../output/changes";
import { renderJson } from "../../output/json";
import { tableLook } from "../../output/table";
import type { ResourceOperation } from "../../ports/engine";
import type { RefreshResult } from "./refresh";
import type { Context } from "../../ports/context";

/** What a refresh's step, which is about the state, says about AWS. */
const inAws: Readonly<Partial<Record<ResourceOperation, string>>> = { update: "changed", delete: "gone" };

/** The differences that a refresh found. */
export function showRefresh(
    { environment, changes, drift }: RefreshResult,
    output: OutputFormat,
    { io, show, verbose }: Pick<Context, "io" | "show" | "verbose">,
): string {
    if (output === "json") {
        return renderJson({ environment, ...changesAsJson(changes), drift: driftAsJson(drift) });
    }
    const { steps } = changes;
    // What is gone is among the steps.
    const others = describeDrift({ ...drift, lost: [] });
    if (steps.length === 0 && others.length === 0) {
        return `${environment}: AWS and the state agree\n`;
    }
    const number = steps.length + others.length;
    const count = number === 1 ? "1 difference" : `${number} differences`;
    return [
        ...(steps.length === 0
            ? []
            : [
                  renderSteps(steps, "IN AWS", (operation) => inAws[operation], {
                      ...tableLook(io, ["CHANGED"]),
                      verbose,
                  }),
              ]),
        ...others,
        `${environment}: ${count} between AWS and the state`,
        ...(others.length === 0 ? [] : [`Next: ${show(command("up", environment))}`]),
        "",
    ].join("\n");
}

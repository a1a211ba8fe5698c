import { command, type Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { driftAsJson } from "../../inventory/drift";
import { insteadLine, rollInstead } from "../../rolling/hostChanges";
import { changesAsJson, countPlan, renderSteps } from "../../output/changes";
import { renderJson } from "../../output/json";
import { costLines, costsAsJson } from "../../output/costs";
import type { PreviewResult } from "./preview";

/** The steps that `up` would take, and what does the same host by host. */
export function showPreview(result: PreviewResult, output: OutputFormat, show: Show): string {
    const { environment, changes } = result;
    if (output === "json") {
        const costs = result.costs && costsAsJson(result.costs);
        const drift = driftAsJson(result.drift);
        return renderJson({ environment, ...changesAsJson(changes), drift, costs });
    }
    const { pausedSince } = result.drift;
    const drift = [
        ...(pausedSince === undefined
            ? []
            : [`paused since ${pausedSince}: up would bring hosts and services back`]),
        ...result.drift.stopped.map((id) => `up would start host ${id}, which is stopped`),
        ...result.drift.strays.map(
            ({ type, id }) => `up would delete ${type} ${id}, which is not in the state`,
        ),
    ];
    if (changes.steps.length === 0 && drift.length === 0) {
        return `${environment}: up would change nothing\n`;
    }
    const instead = rollInstead({ ...result, up: command("up", environment) }, changes.steps);
    return [
        ...drift,
        ...(changes.steps.length === 0
            ? []
            : [
                  renderSteps(changes.steps, "STEP", (operation) => operation),
                  `${environment}: up would ${countPlan(changes)}`,
              ]),
        ...(instead === undefined ? [] : [show(insteadLine(instead))]),
        ...(result.costs === undefined || changes.steps.length === 0 ? [] : costLines(result.costs)),
        "",
    ].join("\n");
}

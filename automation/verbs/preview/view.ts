import { command } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { driftAsJson } from "../../inventory/drift";
import { insteadLine, rollInstead } from "../../rolling/hostChanges";
import { changesAsJson, countPlan, planSteps } from "../../output/changes";
import { renderJson } from "../../output/json";
import { themeOf } from "../../output/theme";
import { costLines, costsAsJson } from "../../output/costs";
import type { PreviewResult } from "./preview";
import type { Context } from "../../ports/context";

/** The steps that `up` would take, and what does the same host by host. */
export function showPreview(
    result: PreviewResult,
    output: OutputFormat,
    { io, show, verbose }: Pick<Context, "io" | "show" | "verbose">,
): string {
    const { environment, changes } = result;
    if (output === "json") {
        const costs = result.costs && costsAsJson(result.costs);
        const drift = driftAsJson(result.drift);
        return renderJson({ environment, ...changesAsJson(changes), drift, costs });
    }
    const look = { theme: themeOf(io), verbose };
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
            : [...planSteps(changes.steps, look), `${environment}: up would ${countPlan(changes)}`]),
        ...(instead === undefined ? [] : [show(insteadLine(instead))]),
        ...(result.costs === undefined || changes.steps.length === 0 ? [] : costLines(result.costs)),
        "",
    ].join("\n");
}

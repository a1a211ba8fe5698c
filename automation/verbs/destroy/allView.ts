import type { Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { oneLine } from "../../output/oneLine";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { DestroyedOne } from "./all";

/** What became of each environment, and what to do about the first that did not go. */
export function showDestroyedAll(all: readonly DestroyedOne[], output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson({ environments: all.map(({ next: _, ...one }) => one) });
    }
    if (all.length === 0) {
        return "there is no environment\n";
    }
    const next = all.find(
        ({ outcome, next: one }) => one !== undefined && /left|failed|busy/.test(outcome),
    )?.next;
    return [
        renderTable(
            ["ENVIRONMENT", "OWNER", "UPDATED", "HOSTS", "OUTCOME"],
            all.map(({ environment, owner, lastUpdate, hosts, outcome }) => [
                ...[environment, owner, lastUpdate, hosts, outcome],
            ]),
        ),
        ...all.flatMap(({ environment, reason }) =>
            reason === undefined ? [] : [`${environment}: ${oneLine(reason)}`],
        ),
        ...all.flatMap(({ environment, evidence }) =>
            evidence === undefined ? [] : [`record of ${environment}: ${oneLine(evidence)}`],
        ),
        ...(next === undefined ? [] : [`Next: ${show(next)}`]),
        "",
    ].join("\n");
}

import type { OutputFormat } from "../../command/options";
import { oneLine } from "../../output/oneLine";
import { renderJson } from "../../output/json";
import { renderTable, tableLook } from "../../output/table";
import type { DestroyedOne } from "./all";
import type { Context } from "../../ports/context";
import { momentCell } from "../../output/when";

/** What became of each environment, and what to do about the first that did not go. */
export function showDestroyedAll(
    all: readonly DestroyedOne[],
    output: OutputFormat,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
): string {
    if (output === "json") {
        return renderJson({ environments: all.map(({ next: _, ...one }) => one) });
    }
    if (all.length === 0) {
        return "there is no environment\n";
    }
    const moment = momentCell({ io, clock });
    const next = all.find(
        ({ outcome, next: one }) => one !== undefined && /left|failed|busy/.test(outcome),
    )?.next;
    return [
        renderTable(
            ["ENVIRONMENT", "OWNER", "UPDATED", "HOSTS", "OUTCOME"],
            all.map(({ environment, owner, lastUpdate, hosts, outcome }) => [
                ...[environment, owner, moment(lastUpdate), hosts, outcome],
            ]),
            tableLook(io, ["OWNER"], ["OUTCOME"]),
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

import type { OutputFormat } from "../../command/options";
import { renderJson } from "../../output/json";
import { oneLine } from "../../output/oneLine";
import { renderTable, tableLook } from "../../output/table";
import { exitCodeOfAll } from "../../teardown/endOne";
import type { Reaped } from "./reap";
import type { Context } from "../../ports/context";
import { momentCell } from "../../output/when";

/** Outcomes that want somebody to do something. */
const wanting: readonly Reaped["outcome"][] = ["left", "failed", "unreadable"];

/** What became of every environment with a lease, and what to do about those that could not go. */
export function showReaped(
    all: readonly Reaped[],
    output: OutputFormat,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
): string {
    if (output === "json") {
        return renderJson({ environments: all.map(({ next: _, ...one }) => one) });
    }
    if (all.length === 0) {
        return "no environment has a lease\n";
    }
    const moment = momentCell({ io, clock });
    const next = all.find(({ outcome, next: one }) => one !== undefined && wanting.includes(outcome))?.next;
    return [
        renderTable(
            ["ENVIRONMENT", "OWNER", "ENDS", "OUTCOME"],
            all.map(({ environment, owner, expiresAt, outcome }) => [
                environment,
                owner,
                moment(expiresAt),
                outcome,
            ]),
            tableLook(io, ["OWNER"], ["OUTCOME"]),
        ),
        ...all.flatMap(({ environment, reason }) =>
            reason === undefined ? [] : [`${environment}: ${oneLine(reason)}`],
        ),
        ...(next === undefined ? [] : [`Next: ${show(next)}`]),
        "",
    ].join("\n");
}

/** As for several environments that were to go. */
export function exitCodeOf(all: readonly Reaped[]): number {
    return exitCodeOfAll(all.map(({ outcome }) => outcome));
}

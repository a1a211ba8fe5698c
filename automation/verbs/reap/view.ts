import { command, type Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { exitCodes } from "../../errors/exitCodes";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { Reaped } from "./reap";

/** What became of every environment with a lease, and what to do about those that could not go. */
export function showReaped(all: readonly Reaped[], output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson({ environments: all });
    }
    if (all.length === 0) {
        return "no environment has a lease\n";
    }
    const stuck = all.find(({ outcome }) => outcome === "left" || outcome === "failed");
    const unreadable = all.find(({ outcome }) => outcome === "unreadable");
    return [
        renderTable(
            ["ENVIRONMENT", "OWNER", "ENDS", "OUTCOME"],
            all.map(({ environment, owner, expiresAt, outcome }) => [environment, owner, expiresAt, outcome]),
        ),
        ...all.flatMap(({ environment, reason }) =>
            reason === undefined ? [] : [`${environment}: ${reason}`],
        ),
        ...(stuck === undefined ? [] : [`Next: ${show(command("destroy", stuck.environment))}`]),
        ...(unreadable === undefined
            ? []
            : [`Next: ${show(command("extend", unreadable.environment, "1h"))}`]),
        "",
    ].join("\n");
}

/** 7 when something of an environment is left, 1 when one could not be looked at or destroyed, 6 after a no. */
export function exitCodeOf(all: readonly Reaped[]): number {
    const outcomes = all.map(({ outcome }) => outcome);
    if (outcomes.includes("left")) {
        return exitCodes.leftBehind;
    }
    if (outcomes.includes("failed") || outcomes.includes("unreadable")) {
        return exitCodes.failed;
    }
    return outcomes.includes("declined") ? exitCodes.declined : exitCodes.done;
}

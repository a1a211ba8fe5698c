import { command, type Show } from "../../../components/model/commandLine";
import { changesAsJson, countChanges } from "../../output/changes";
import type { UpResult } from "../../applying/request";
import { costsAsJson } from "../../output/costs";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { renderOutputs } from "../../output/outputs";
import type { OutputFormat } from "../../command/options";
import { changesLaunchTemplate, groupInstead, insteadLine } from "../../rolling/hostChanges";
import { stepAsJson } from "../../rolling/stepAsJson";

/** What an `up` came to: the changes, the hosts, the outputs, and what to do next. */
export function showUp(result: UpResult, output: OutputFormat, show: Show): string {
    const { environment, changes, outputs, ready, seconds, expiresAt, replaced, costs } = result;
    if (output === "json") {
        const hosts = replaced && { replaced: replaced.map(stepAsJson) };
        return renderJson({
            ...{ environment, seconds, ...changesAsJson(changes), outputs, ready, expiresAt },
            ...hosts,
            costs: costs && costsAsJson(costs),
        });
    }
    const hosts =
        ready === undefined
            ? "not waited for"
            : `${ready.hosts.length} of ${ready.wantedHosts} ready in cluster ${ready.clusterName}`;
    const isRolled = replaced !== undefined && replaced.length > 0;
    const changed = countChanges(changes, isRolled ? "nothing else changed" : undefined);
    const inTurn = replaced === undefined ? "" : `${replaced.length} replaced, `;
    return [
        renderOutputs(outputs),
        `${environment} is up: ${changed}; hosts: ${inTurn}${hosts}; ${formatSeconds(seconds)}`,
        ...(expiresAt === undefined ? [] : [`ends at ${expiresAt}, unless it is extended`]),
        ...(replaced === undefined && changesLaunchTemplate(changes.steps)
            ? [show(insteadLine(groupInstead(command("up", environment))))]
            : []),
        `Next: ${show(command("status", environment))}`,
        "",
    ].join("\n");
}

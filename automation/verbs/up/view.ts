import { command } from "../../../components/model/commandLine";
import { changesAsJson, countChanges } from "../../output/changes";
import type { UpResult } from "../../applying/request";
import { costsAsJson } from "../../output/costs";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { momentCell } from "../../output/when";
import { renderHosts } from "../../hosts/describeHost";
import type { Context } from "../../ports/context";
import type { Outputs } from "../../ports/engine";
import type { OutputFormat } from "../../command/options";
import { changesLaunchTemplate, groupInstead, insteadLine } from "../../rolling/hostChanges";
import { stepAsJson } from "../../rolling/stepAsJson";

/** What an `up` came to: the hosts, the changes, and what to do next; as JSON with the outputs. */
export function showUp(
    result: UpResult,
    output: OutputFormat,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
): string {
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
        ...(ready === undefined || ready.hosts.length === 0 ? [] : [renderHosts(ready.hosts, io)]),
        `${environment} is up: ${changed}; hosts: ${inTurn}${hosts}; ${formatSeconds(seconds)}`,
        ...(expiresAt === undefined
            ? []
            : [`ends ${endOf(expiresAt, { io, clock })}, unless it is extended`]),
        ...(replaced === undefined && changesLaunchTemplate(changes.steps)
            ? [show(insteadLine(groupInstead(command("up", environment))))]
            : []),
        ...repositoriesOf(outputs),
        `names and ids: ${show(command("outputs", environment))}`,
        `Next: ${show(command("status", environment))}`,
        "",
    ].join("\n");
}

/** Where images are pushed to. Outputs have no types. */
function repositoriesOf({ repositoryUrls }: Outputs): readonly string[] {
    return Object.entries((repositoryUrls ?? {}) as Readonly<Record<string, unknown>>).map(
        ([name, url]) => `repository ${name}: ${String(url)}`,
    );
}

function endOf(expiresAt: string, screen: Pick<Context, "io" | "clock">): string {
    const said = momentCell(screen)(expiresAt);
    return said === expiresAt ? `at ${expiresAt}` : `${said} (at ${expiresAt})`;
}

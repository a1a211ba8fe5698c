import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import { stepAsJson } from "../../../rolling/stepAsJson";
import type { ScaleResult } from "./scale";

/** How many hosts there are by now, and whether that lasts. */
export function showScale(result: ScaleResult, output: OutputFormat): string {
    const { environment, count, removed, ready, isManaged, seconds } = result;
    const { wantedHosts } = ready;
    if (output === "json") {
        const readyHosts = ready.hosts.map(({ instanceId }) => instanceId);
        return renderJson({
            ...{ environment, count, removed: removed.map(stepAsJson) },
            ...{ readyHosts, wantedHosts, managedScaling: isManaged, seconds },
        });
    }
    const gone = removed.length === 0 ? "" : `, ${counted(removed.length, "host")} taken away`;
    return [
        `${environment} is to have ${counted(count, "host")}: ${ready.hosts.length} of ${wantedHosts} ready${gone}; ${formatSeconds(seconds)}`,
        ...(isManaged
            ? [
                  "ECS scales this group by its tasks and will move the number again, between hosts.min and hosts.max",
              ]
            : []),
        "",
    ].join("\n");
}

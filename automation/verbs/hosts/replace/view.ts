import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import { stepAsJson } from "../../../rolling/stepAsJson";
import type { ReplaceResult } from "./replace";

/** That hosts have gone, and that their successors are ready. */
export function showReplace(result: ReplaceResult, output: OutputFormat): string {
    const { environment, clusterName, replaced, successors, ready, seconds } = result;
    if (output === "json") {
        const hosts = ready.hosts.map(({ instanceId }) => instanceId);
        return renderJson({
            ...{ environment, clusterName, replaced: replaced.map(stepAsJson) },
            ...{ successors, readyHosts: hosts, seconds },
        });
    }
    const ids = successors.join(", ");
    return `${environment}: ${counted(replaced.length, "host")} replaced, ${ids} ready; ${formatSeconds(seconds)}\n`;
}

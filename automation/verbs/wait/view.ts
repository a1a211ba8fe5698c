import type { WaitResult } from "./wait";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import type { OutputFormat } from "../../command/options";

/** That the hosts are ready, which ones, and how long it took. */
export function showWait(result: WaitResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, clusterName, hosts, wantedHosts, seconds } = result;
    return [
        `${environment}: ${hosts.length} of ${wantedHosts} ${wantedHosts === 1 ? "host" : "hosts"} ready in cluster ${clusterName} after ${formatSeconds(seconds)}`,
        ...hosts.map((host) => `  ${host.instanceId} ${host.zone}`),
        "",
    ].join("\n");
}

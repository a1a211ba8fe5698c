import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { RemoveGroupResult } from "./remove";

/** That a group is off the cluster. */
export function showRemove(result: RemoveGroupResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, clusterName, group, instanceIds, seconds } = result;
    return `${environment}: group ${group} is off cluster ${clusterName}, and ${counted(instanceIds.length, "host")} of it deregistered; it lives on; ${formatSeconds(seconds)}\n`;
}

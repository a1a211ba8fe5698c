import { command, type Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { AttachResult } from "./attach";

/** That a group is on the cluster, and which of its instances are. */
export function showAttach(result: AttachResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, clusterName, group, capacityProvider, instanceIds, seconds } = result;
    return [
        `${environment}: group ${group} is on cluster ${clusterName} as capacity provider ${capacityProvider}, with ${counted(instanceIds.length, "host")}; ${formatSeconds(seconds)}`,
        `Next: ${show(command("groups", "list", environment))}`,
        "",
    ].join("\n");
}

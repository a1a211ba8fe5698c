import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { StartAgentResult } from "./startAgent";

/** Which hosts have joined, and by which way. */
export function showStartAgent(result: StartAgentResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, clusterName, started, leftAlone, seconds } = result;
    if (started.length === 0) {
        return leftAlone.length === 0
            ? `${environment}: no agent had to be started\n`
            : `${environment}: no agent was started; not joined, and left alone: ${leftAlone.join(", ")}\n`;
    }
    return [
        `${environment}: ${counted(started.length, "host")} joined cluster ${clusterName}; ${formatSeconds(seconds)}`,
        ...started.map(
            ({ instanceId, way }) => `  ${instanceId} ${way === "ssm" ? "by SSM" : "by a reboot"}`,
        ),
        "",
    ].join("\n");
}

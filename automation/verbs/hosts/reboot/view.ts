import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { RebootResult } from "./reboot";

/** That hosts have booted, and are ready. */
export function showReboot(result: RebootResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, instanceIds, seconds } = result;
    return `${environment}: ${counted(instanceIds.length, "host")} rebooted and ready, ${instanceIds.join(", ")}; ${formatSeconds(seconds)}\n`;
}

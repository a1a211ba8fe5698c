import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { ScaleServiceResult } from "./scale";

export function showScale(result: ScaleServiceResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, service, before, count, seconds } = result;
    const change = before === count ? "as before" : `before: ${before}`;
    return `${environment}: ${counted(count, "task")} of service ${service} ${count === 1 ? "runs" : "run"} (${change}); ${formatSeconds(seconds)}\n`;
}

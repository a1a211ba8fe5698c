import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { RemoveServiceResult } from "./remove";

export function showRemoved(result: RemoveServiceResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, service, removed, seconds } = result;
    return `${environment}: service ${service} is gone, ${counted(removed.length, "thing")} in all, and nothing of it is left; ${formatSeconds(seconds)}\n`;
}

import { command, type Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { RemoveServiceResult } from "./remove";

export function showRemoved(result: RemoveServiceResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, service, removed, keptLogs, seconds } = result;
    const left = keptLogs === undefined ? "nothing of it" : `nothing of it but log group ${keptLogs}`;
    return [
        `${environment}: service ${service} is gone, ${counted(removed.length, "thing")} in all, and ${left} is left; ${formatSeconds(seconds)}\n`,
        ...(keptLogs === undefined ? [] : [`  ${show(command("service", "logs", environment, service))}\n`]),
    ].join("");
}

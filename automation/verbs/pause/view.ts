import { command, type Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { counted } from "../../output/counted";
import { describeCosts } from "../../costs/stillCosts";
import type { PauseResult } from "./pause";

/** What was stopped, what is still to pay for, and how it comes back. */
export function showPause(result: PauseResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, alreadyPaused, services, hosts, stillCosts, seconds } = result;
    const done = `${counted(services.length, "service")} at 0, ${counted(hosts.length, "host")} stopped; ${formatSeconds(seconds)}`;
    return [
        alreadyPaused ? `${environment} is paused already` : `${environment} is paused: ${done}`,
        `Still to pay for: ${describeCosts(stillCosts)}`,
        `Next: ${show(command("resume", environment))}`,
        "",
    ].join("\n");
}

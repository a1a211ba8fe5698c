import { command, type Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { counted } from "../../output/counted";
import type { PauseCosts } from "../../costs/pauseCosts";
import { monthly, usd, wholeUsd } from "../../output/costs";
import { describeCosts } from "../../costs/stillCosts";
import type { PauseResult } from "./pause";

/** What was stopped, what is still to pay for, and how it comes back. */
export function showPause(result: PauseResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        const { costs, ...rest } = result;
        return renderJson({ ...rest, costs: costs && costsAsJson(costs) });
    }
    const { environment, alreadyPaused, services, hosts, stillCosts, costs, seconds } = result;
    const done = `${counted(services.length, "service")} at 0, ${counted(hosts.length, "host")} stopped; ${formatSeconds(seconds)}`;
    return [
        alreadyPaused ? `${environment} is paused already` : `${environment} is paused: ${done}`,
        `Still to pay for: ${describeCosts(stillCosts)}${costs === undefined ? "" : describePause(costs)}`,
        `Next: ${show(command("resume", environment))}`,
        "",
    ].join("\n");
}

function describePause({ paused, saved, isWhole }: PauseCosts): string {
    const still = paused.usdAnHour > 0 ? `, ${monthly(paused, isWhole)}` : "";
    return saved.usdAnHour > 0
        ? `${still}; the pause saves ${usd(saved.usdAnHour)} USD an hour, ${wholeUsd(saved.usdAMonth)} USD a month`
        : still;
}

function costsAsJson({ paused, saved, isWhole, prices }: PauseCosts): object {
    return { paused, saved, isWhole, prices: { region: prices.list.region, ...prices.source } };
}

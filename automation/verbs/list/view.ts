import { command } from "../../../components/model/commandLine";
import type { ListedEnvironment, ListedLease, ListResult } from "./list";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { renderTable, tableLook } from "../../output/table";
import type { OutputFormat } from "../../command/options";
import type { Context } from "../../ports/context";
import { momentCell } from "../../output/when";

/** The environments of a project, one line each. */
export function showEnvironments(
    result: ListResult,
    output: OutputFormat,
    { io, show, clock }: Pick<Context, "io" | "show" | "clock">,
): string {
    if (output === "json") {
        return renderJson(result);
    }
    if (result.environments.length === 0) {
        return `${result.project} has no environments yet\nNext: ${show(command("init"))}\n`;
    }
    const moment = momentCell({ io, clock });
    const withLeases = result.environments.some(({ lease }) => lease !== undefined);
    return renderTable(
        [
            "ENVIRONMENT",
            "STATE",
            ...(withLeases ? ["OWNER", "ENDS"] : []),
            "RESOURCES",
            "LAST UPDATE",
            "HOSTS",
            "BASED ON",
        ],
        result.environments.map((environment) => [
            environment.name,
            state(environment),
            ...(withLeases ? [environment.lease?.owner, end(environment.lease)] : []),
            environment.resourceCount,
            moment(environment.lastUpdate),
            hostsText(environment),
            environment.basedOn,
        ]),
        tableLook(io, ["BASED ON", "RESOURCES", "HOSTS", "OWNER"], ["STATE", "ENDS"]),
    );
}

function hostsText({ hosts, settingsInvalid }: ListedEnvironment): string | undefined {
    if (hosts === undefined) {
        return settingsInvalid && "settings invalid";
    }
    return hosts.mode === "fixed" ? `fixed, ${hosts.count}` : `autoScaling, ${hosts.min} to ${hosts.max}`;
}

function end(lease: ListedLease | undefined): string | undefined {
    if (lease === undefined) {
        return undefined;
    }
    const { unreadable, secondsLeft } = lease;
    if (unreadable === true) {
        return "unreadable";
    }
    if (secondsLeft === undefined) {
        return "stays";
    }
    return secondsLeft > 0 ? `in ${formatSeconds(secondsLeft)}` : `over since ${formatSeconds(-secondsLeft)}`;
}

function state(environment: ListedEnvironment): string {
    if (!environment.exists) {
        return "not up";
    }
    if (environment.unreadable !== undefined) {
        return "unreadable";
    }
    if (environment.updateInProgress) {
        return "updating";
    }
    if (environment.ofOwnProgram === true) {
        return "own program";
    }
    if (environment.paused === true) {
        return "paused";
    }
    return environment.resourceCount === 0 ? "empty" : "up";
}

import { command, type Show } from "../../../components/model/commandLine";
import type { ListedEnvironment, ListResult } from "./list";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { OutputFormat } from "../../command/options";

/** The environments of a project, one line each. */
export function showEnvironments(result: ListResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    if (result.environments.length === 0) {
        return `${result.project} has no environments yet\nNext: ${show(command("init"))}\n`;
    }
    return renderTable(
        ["ENVIRONMENT", "STATE", "RESOURCES", "LAST UPDATE", "HOSTS", "BASED ON"],
        result.environments.map((environment) => [
            environment.name,
            state(environment),
            environment.resourceCount,
            environment.lastUpdate,
            environment.hosts,
            environment.basedOn,
        ]),
    );
}

function state(environment: ListedEnvironment): string {
    if (!environment.exists) {
        return "not up";
    }
    if (environment.updateInProgress) {
        return "updating";
    }
    return environment.resourceCount === 0 ? "empty" : "up";
}

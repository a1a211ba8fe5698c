import type { OutputFormat } from "../../../command/options";
import { oneLine } from "../../../output/oneLine";
import { renderJson } from "../../../output/json";
import { renderTable } from "../../../output/table";
import type { InstallResult } from "./install";

/** What each host has said. */
export function showInstall(result: InstallResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const rows = [
        ...result.hosts.map(({ instanceId, said }) => [instanceId, oneLine(said)]),
        ...result.unreached.map((instanceId) => [instanceId, "not reached by SSM, left alone"]),
    ];
    return renderTable(["HOST", result.package], rows);
}

import { command, type Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { describeTask, isServiceTask } from "../../../hosts/tasks";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { DrainResult } from "./drain";

/** That a host is drained, and which tasks stay on it. */
export function showDrain(result: DrainResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, instanceId, staying, seconds } = result;
    return [
        `${environment}: host ${instanceId} is drained; ${formatSeconds(seconds)}`,
        ...staying.map(
            (task) =>
                `  stays: ${describeTask(task)}, ${isServiceTask(task) ? "of a daemon" : "which is of no service"}`,
        ),
        `Next: ${show(command("hosts", "activate", environment, instanceId))}`,
        "",
    ].join("\n");
}

import { command, type Show } from "../../../components/model/commandLine";
import type { OutputFormat } from "../../command/options";
import { formatSeconds } from "../../output/durations";
import { renderJson } from "../../output/json";
import { counted } from "../../output/counted";
import type { ResumeResult } from "./resume";

/** What runs again. */
export function showResume(result: ResumeResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, ready, services, seconds } = result;
    if (ready === undefined) {
        return `${environment} is not paused: there is nothing to bring back\n`;
    }
    return [
        `${environment} goes on: ${ready.hosts.length} of ${ready.wantedHosts} hosts ready in cluster ${ready.clusterName}, ${counted(services.length, "service")} back; ${formatSeconds(seconds)}`,
        ...services.map(({ name, count }) => `  service ${name}: ${counted(count, "task")}`),
        `Next: ${show(command("status", environment))}`,
        "",
    ].join("\n");
}

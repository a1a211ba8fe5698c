import { command, type Show } from "../../../../components/model/commandLine";
import type { OutputFormat } from "../../../command/options";
import { counted } from "../../../output/counted";
import { formatSeconds } from "../../../output/durations";
import { renderJson } from "../../../output/json";
import type { DeployResult } from "./deploy";

/** Where a service answers, and what may be done with it. */
export function showDeploy(result: DeployResult, output: OutputFormat, show: Show): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, service, image, count, addresses, exec, seconds } = result;
    const next = [
        command("service", "logs", environment, service, "--follow"),
        ...(exec ? [command("service", "exec", environment, service)] : []),
        command("service", "remove", environment, service),
    ];
    return [
        `${environment}: service ${service} runs ${image} in ${counted(count, "task")}; ${formatSeconds(seconds)}\n`,
        ...addresses.map((one) => `  answers at ${one}\n`),
        ...next.map((one) => `  ${show(one)}\n`),
    ].join("");
}

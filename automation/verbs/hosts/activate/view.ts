import type { OutputFormat } from "../../../command/options";
import { renderJson } from "../../../output/json";
import type { ActivateResult } from "./activate";

/** That a host takes tasks. */
export function showActivate(result: ActivateResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, instanceId, wasActive } = result;
    return `${environment}: host ${instanceId} takes tasks ${wasActive ? "already" : "again"}\n`;
}

import type { OutputsResult } from "./outputs";
import { renderJson } from "../../output/json";
import { renderOutputs } from "../../output/outputs";
import type { OutputFormat } from "../../command/options";

/** The outputs of an environment. */
export function showOutputs(result: OutputsResult, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    return Object.keys(result.outputs).length === 0
        ? `${result.environment} has no outputs: nothing is up\n`
        : renderOutputs(result.outputs);
}

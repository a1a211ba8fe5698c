import * as pulumi from "@pulumi/pulumi";
import { parseConfig, type ParsedSettings } from "./model/settings";
import { settingsRefusal } from "./refusal";

/**
 * Reads the settings of the stack that runs.
 * @throws pulumi.RunError with every problem at once
 */
export function readSettings(environment: string): ParsedSettings {
    const parsed = parseConfig(pulumi.runtime.allConfig(), { project: pulumi.getProject(), environment });
    if (parsed.settings === undefined) {
        throw settingsRefusal(environment, parsed.problems);
    }
    return parsed;
}

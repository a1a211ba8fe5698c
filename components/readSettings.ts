import { isDeepStrictEqual } from "node:util";

import * as pulumi from "@pulumi/pulumi";
import { parseConfig, settingsKeys, type ParsedSettings, type ResolvedSettings } from "./model/settings";
import { refusal, settingsRefusal } from "./refusal";

/**
 * Reads the settings of the stack that runs.
 * @param checked what the checks have looked at, where they were made before
 * @throws pulumi.RunError with every problem at once, also where Pulumi hands over something else than was checked: the
 * file has been changed since, or a source of configuration that Pulumi alone knows adds to it
 */
export function readSettings(environment: string, checked?: ResolvedSettings): ParsedSettings {
    const parsed = parseConfig(pulumi.runtime.allConfig(), { project: pulumi.getProject(), environment });
    const { settings } = parsed;
    if (settings === undefined) {
        throw settingsRefusal(environment, parsed.problems);
    }
    const different = settingsKeys.filter(
        (key) => checked !== undefined && !isDeepStrictEqual(settings[key], checked[key]),
    );
    if (different.length > 0) {
        throw refusal(
            `Pulumi hands over other settings than the ones that were checked: ${different.map((key) => `sles-ecs:${key}`).join(", ")}; nothing has been changed`,
            `Run the same command again if Pulumi.${environment}.yaml was just changed; see what Pulumi reads: pulumi config --stack ${environment}`,
        );
    }
    return parsed;
}

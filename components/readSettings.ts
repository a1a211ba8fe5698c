import * as pulumi from "@pulumi/pulumi";
import { parseSettings, type ParsedSettings } from "./model/settings";
import { settingsRefusal } from "./refusal";

/** The key space of the settings in `Pulumi.<environment>.yaml`. */
const prefix = "sles-ecs:";

/**
 * Reads the settings of the stack that runs.
 * @throws pulumi.RunError with every problem at once
 */
export function readSettings(environment: string): ParsedSettings {
    const written = Object.fromEntries(
        Object.entries(pulumi.runtime.allConfig())
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => [key.slice(prefix.length), valueOf(text)]),
    );
    const parsed = parseSettings(written, environment);
    if (parsed.settings === undefined) {
        throw settingsRefusal(environment, parsed.problems);
    }
    return parsed;
}

/** Pulumi hands every value over as text: groups as JSON, simple values as they are. */
function valueOf(text: string): unknown {
    if (!text.startsWith("{") && !text.startsWith("[")) {
        return text;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}

import type { AgentSettings } from "../settings/settings.generated";
import type { AgentVariable } from "./agentVariable";
import { agentFields, agentVariables } from "./agentVariables";

/** A setting that the agent of a host does not know, and therefore ignores. */
export interface IgnoredSetting {
    /** Its key in `agent:`. */
    readonly field: string;
    /** The first version of the agent that reads it. */
    readonly since: string;
}

/** The settings that an agent of this version ignores. */
export function ignoredSettings(settings: AgentSettings, agentVersion: string): readonly IgnoredSetting[] {
    return agentFields.flatMap((field) => {
        const { since }: AgentVariable = agentVariables[field];
        return settings[field] !== undefined && since !== undefined && isOlderAgent(agentVersion, since)
            ? [{ field, since }]
            : [];
    });
}

/** What people are told of them, a clause. */
export function ignoredText(agentVersion: string, ignored: readonly IgnoredSetting[]): string {
    const each = ignored.map(({ field, since }) => `agent.${field} (read from ${since} on)`);
    return `its agent ${agentVersion} ignores ${each.join(", ")}`;
}

/** Versions of the agent are three numbers. */
export function isOlderAgent(version: string, other: string): boolean {
    return version.localeCompare(other, "en", { numeric: true }) < 0;
}

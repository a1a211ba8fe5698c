import type { AgentSettings } from "../settings/settings.generated";
import type { AgentVariable } from "./agentVariable";
import { activeDirectoryVariables } from "./variables/activeDirectory";
import { agentItselfVariables } from "./variables/agentItself";
import { hostVariables } from "./variables/host";
import { imageVariables } from "./variables/images";
import { loggingVariables } from "./variables/logging";
import { networkingVariables } from "./variables/networking";
import { resourceVariables } from "./variables/resources";
import { taskVariables } from "./variables/tasks";

/** Every setting of the agent, by its key in `agent:`. */
export const agentVariables = {
    ...hostVariables,
    ...resourceVariables,
    ...taskVariables,
    ...imageVariables,
    ...networkingVariables,
    ...loggingVariables,
    ...agentItselfVariables,
    ...activeDirectoryVariables,
};

export type AgentField = keyof typeof agentVariables;

export const agentFields = Object.keys(agentVariables) as readonly AgentField[];

/** The agent's variables as it reads them, in the order of the table. */
export function agentValues(settings: AgentSettings): Readonly<Record<string, string>> {
    // A proxy in front of the instance metadata would keep the agent from its credentials.
    const given: AgentSettings =
        settings.httpProxy === undefined ? settings : { ...settings, noProxy: settings.noProxy ?? [] };
    return Object.fromEntries(
        agentFields
            .filter((field) => given[field] !== undefined)
            .map((field) => {
                const { variable, kind }: AgentVariable = agentVariables[field];
                return [variable, kind.write(given[field])];
            }),
    );
}

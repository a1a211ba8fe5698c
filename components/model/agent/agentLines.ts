import { type AgentVariable } from "./agentVariable";
import { agentFields, agentVariables, type AgentSettings } from "./agentVariables";

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

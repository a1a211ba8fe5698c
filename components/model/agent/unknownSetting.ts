import { agentFields, agentVariables } from "./agentVariables";
import { leftOut } from "./leftOut";

/**
 * What to say of a key that is no setting of the agent, but that the agent's own documents may have suggested: the
 * name of a variable, or one that settings leave out. Undefined when it is neither.
 */
export function aboutUnknownAgentSetting(key: string): { message: string; hint?: string } | undefined {
    const field = agentFields.find((one) => essence(agentVariables[one].variable) === essence(key));
    if (field !== undefined) {
        return { message: `unknown key ${key}`, hint: `write ${field}` };
    }
    const reason = Object.entries(leftOut).find(([variable]) => essence(variable) === essence(key))?.[1];
    return reason === undefined ? undefined : { message: `${key} cannot be set here: ${reason}` };
}

/** A variable's name as people may write it: `ECS_LOG_LEVEL`, `logLevel` and `log_level` are one. */
function essence(name: string): string {
    return name.toLowerCase().replace(/^ecs_/, "").replaceAll("_", "");
}

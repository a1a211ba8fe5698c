import type { z } from "zod";
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

type AgentTable = typeof agentVariables;
export type AgentField = keyof AgentTable;

/** The agent's settings as given; what is missing is the agent's own default. */
export type AgentSettings = {
    readonly [Field in AgentField]?: z.output<AgentTable[Field]["kind"]["schema"]> | undefined;
};

export const agentFields = Object.keys(agentVariables) as readonly AgentField[];

import { z } from "zod";
import { type AgentVariable } from "../../agent/agentVariable";
import { agentFields, agentVariables, type AgentField } from "../../agent/agentVariables";

type AgentShape = {
    [Field in AgentField]: z.ZodOptional<(typeof agentVariables)[Field]["kind"]["schema"]>;
};

/** The schema of `agent:`, a key for each row of the agent's table. */
export const agentSchema = z
    .strictObject(
        Object.fromEntries(
            agentFields.map((field) => [field, fieldSchema(agentVariables[field])]),
        ) as unknown as AgentShape,
    )
    .meta({
        description:
            "The ECS agent's own settings; each is one variable of its configuration. Changing one replaces fixed hosts, as their user data changes.",
        defaultText: "- the agent's own",
    });

function fieldSchema({ kind, meaning, variable, agentDefault }: AgentVariable): z.ZodType {
    return kind.schema.optional().meta({
        description: `${meaning} (\`${variable}\`)`,
        defaultText: `- ${defaultInWords(agentDefault)}`,
        typeText: kind.typeText,
    });
}

function defaultInWords(agentDefault: string | undefined): string {
    if (agentDefault === undefined) {
        return "none";
    }
    return agentDefault.includes(" ") ? agentDefault : `the agent's: \`${agentDefault}\``;
}

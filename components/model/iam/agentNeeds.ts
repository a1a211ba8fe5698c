import type { AgentField } from "../agent/agentVariables";
import type { AgentSettings } from "../settings/settings.generated";

/** What an agent's setting needs of its host's role, next to what every agent needs. */
interface AgentNeed {
    readonly field: AgentField;
    readonly actions: readonly string[];
    /** What comes of it when the role lacks them. */
    readonly otherwise: string;
    /** `error` where the host would not join. */
    readonly severity: "error" | "warning";
}

/**
 * The permissions that depend on settings. Tags at registration: ECS developer guide, "Grant permission to tag
 * resources on creation". Tags of the EC2 instance: the agent's page of variables. Draining: the agent sets the state
 * itself (amazon-ecs-agent, agent/handlers). Of docker's log drivers only awslogs calls AWS, as the host (docker's
 * manual, "Amazon CloudWatch Logs logging driver"); those of tasks are known to the policies already.
 */
export function agentNeeds(agent: AgentSettings): readonly AgentNeed[] {
    const needs: AgentNeed[] = [];
    const copiesTags = agent.propagateTagsFrom === "ec2_instance";
    const noHost = "the host would be refused when it joins";
    if (agent.tags !== undefined) {
        needs.push({ field: "tags", actions: ["ecs:TagResource"], otherwise: noHost, severity: "error" });
    }
    if (copiesTags) {
        const actions = ["ec2:DescribeTags", "ecs:TagResource"];
        needs.push({ field: "propagateTagsFrom", actions, otherwise: noHost, severity: "error" });
    }
    if (agent.enableSpotInstanceDraining === true) {
        needs.push({
            field: "enableSpotInstanceDraining",
            actions: ["ecs:UpdateContainerInstancesState"],
            otherwise: "the host would never be drained",
            severity: "warning",
        });
    }
    if (agent.logDriver === "awslogs") {
        const group = agent.logOpts?.["awslogs-create-group"] === "true" ? ["logs:CreateLogGroup"] : [];
        needs.push({
            field: "logDriver",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents", ...group],
            otherwise: "docker would not start the agent",
            severity: "error",
        });
    }
    return needs;
}

import { agentValues } from "../agent/agentLines";
import { asciiJson } from "../agent/kinds";
import { attributeNames } from "../attributes";
import { keyValueLines } from "./bootstrapConf";
import type { HostFacts } from "./facts";

/**
 * The lines that the agent's configuration must have once the host is prepared. The agent splits them at the
 * first `=` and knows neither quotes nor escapes, so values stand as they are and JSON stays on one line
 * (amazon-ecs-agent, README).
 */
export function wantedAgentConfig({ clusterName, generation, storage, agent = {} }: HostFacts): string {
    return keyValueLines({
        ECS_CLUSTER: clusterName,
        ...agentValues(agent),
        ECS_INSTANCE_ATTRIBUTES: asciiJson({
            ...agent.attributes,
            [attributeNames.dockerStorage]: storage.mode,
            [attributeNames.generation]: String(generation),
        }),
        // SLES 16 ships this line, since the agent fails under SELinux without it (SUSE's image recipes,
        // ecs-init-config-pid-namespace.sh).
        ...(generation === 16 ? { ECS_AGENT_PID_NAMESPACE_HOST: "true" } : {}),
    });
}

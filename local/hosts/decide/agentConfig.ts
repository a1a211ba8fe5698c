import type { AgentConfig } from "../userData/agentConfig";
import type { UserDataFacts } from "../userData/userDataFacts";
import type { HostFacts } from "./hostFacts";
import { readImage } from "./image";

/** What SLES 16 ships in /etc/ecs/ecs.config. Source: SUSE's image recipes (ecs-init-config-pid-namespace.sh). */
const shippedConfig: AgentConfig = { ECS_AGENT_PID_NAMESPACE_HOST: "true" };

/**
 * The agent's configuration at its start. What comes late counts from the second boot on; the bootstrap's
 * lines are there whenever the bootstrap ran.
 */
export function agentConfigOf({ imageName, userData, memory }: HostFacts): AgentConfig {
    const shipped =
        readImage(imageName).generation === 16 && !userData.overwritesAgentConfig ? shippedConfig : {};
    const late =
        memory.earlierBoots > 0 || (userData.holdsAgent && userData.startsAgent) ? userData.lateConfig : {};
    return { ...shipped, ...userData.earlyConfig, ...late, ...bootstrapConfig(userData) };
}

function bootstrapConfig({ bootstrap }: UserDataFacts): AgentConfig {
    if (bootstrap === undefined) {
        return {};
    }
    return { ...(bootstrap.cluster !== "" && { ECS_CLUSTER: bootstrap.cluster }), ...bootstrap.agentConfig };
}

/** The cluster that the agent is told to join; empty when nobody says. */
export function chooseCluster(facts: HostFacts): string {
    return agentConfigOf(facts)["ECS_CLUSTER"] ?? "";
}

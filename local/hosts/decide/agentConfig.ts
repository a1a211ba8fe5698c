import type { AgentConfig } from "../userData/agentConfig";
import type { UserDataFacts } from "../userData/userDataFacts";
import type { ReservedResources } from "./decision";
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

/** Source: amazon-ecs-agent, README, ECS_RESERVED_PORTS. */
const usualPorts = [22, 2375, 2376, 51678, 51679];
const mostPort = 65_535;

/**
 * What the agent keeps for the system. A number that does not fit 16 bits is none, and a list that it cannot read is
 * left out with a warning. Source: amazon-ecs-agent, agent/config/parse.go.
 */
export function reservedBy(config: AgentConfig): ReservedResources {
    const memoryMiB = Number(config["ECS_RESERVED_MEMORY"] ?? 0);
    const tcp = portList(config["ECS_RESERVED_PORTS"]) ?? usualPorts;
    const udp = portList(config["ECS_RESERVED_PORTS_UDP"]) ?? [];
    return {
        memoryMiB: Number.isInteger(memoryMiB) && memoryMiB >= 0 && memoryMiB <= 65_535 ? memoryMiB : 0,
        ports: [...tcp.map((port) => `${port}/tcp`), ...udp.map((port) => `${port}/udp`)],
    };
}

function portList(text: string | undefined): readonly number[] | undefined {
    try {
        const value: unknown = JSON.parse(text ?? "");
        const isPort = (one: unknown): one is number =>
            typeof one === "number" && Number.isInteger(one) && one >= 0 && one <= mostPort;
        return Array.isArray(value) && value.every(isPort) ? value : undefined;
    } catch {
        return undefined;
    }
}

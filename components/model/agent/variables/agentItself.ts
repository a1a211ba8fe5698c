import { z } from "zod";
import { readByAgent, flag, jsonMap, line, sources } from "../agentVariable";

/** Docker labels (docker's manual, "Docker object labels"). */
const labels = z.record(
    z.string().regex(/^[a-zA-Z0-9](?:[\w.-]*[a-zA-Z0-9])?$/, "a label of letters, digits and _.-"),
    z.string("text without line breaks").regex(/^[^\r\n]*$/, "text without line breaks"),
    "a group of labels",
);

/** The agent's own container, and its updates. */
export const agentItselfVariables = readByAgent({
    disableDockerHealthCheck: {
        variable: "ECS_DISABLE_DOCKER_HEALTH_CHECK",
        since: "1.25.0",
        kind: flag(),
        meaning: "Run no health check of the agent's own container.",
        agentDefault: "false",
    },
    agentHealthCheckHost: {
        variable: "ECS_AGENT_HEALTHCHECK_HOST",
        since: "1.51.0",
        kind: line(/^[\w.:[\]-]+$/, "a host name or an address"),
        meaning: "Where the health check of its container finds the agent.",
        agentDefault: "localhost",
        onlyWith: { field: "disableDockerHealthCheck", value: false },
    },
    enableRuntimeStats: {
        variable: "ECS_ENABLE_RUNTIME_STATS",
        since: "1.55.2",
        kind: flag(),
        meaning: "Log the agent's own use of memory, and serve Go profiles on its introspection port.",
        agentDefault: "false",
    },
    updatesEnabled: {
        variable: "ECS_UPDATES_ENABLED",
        since: "1.0.0",
        kind: flag(),
        meaning: "Let ECS update the agent when somebody asks it to (UpdateContainerAgent).",
        agentDefault: "true",
    },
    agentLabels: {
        variable: "ECS_AGENT_LABELS",
        since: "1.32.1",
        kind: jsonMap(labels),
        meaning: "Docker labels of the agent's container.",
        source: sources.ecsInit,
    },
    pauseLabels: {
        variable: "ECS_PAUSE_LABELS",
        since: "1.101.0",
        kind: jsonMap(labels),
        meaning: "Docker labels of the containers that hold a task's network.",
    },
    agentAppArmorProfile: {
        variable: "ECS_AGENT_APPARMOR_PROFILE",
        since: "1.80.0",
        kind: line(/^[\w.-]+$/, "the name of an AppArmor profile"),
        meaning: "AppArmor profile of the agent's container.",
        agentDefault: "ecs-agent-default",
        source: sources.ecsInit,
    },
});

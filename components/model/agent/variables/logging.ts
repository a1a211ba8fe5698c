import { z } from "zod";
import { sources, type AgentVariable } from "../agentVariable";
import { duration, flag, jsonMap, line, whole, word } from "../kinds";

const { agent, ecsInit } = sources;
const levels = ["crit", "error", "warn", "info", "debug"] as const;

/** Docker labels (docker's manual, "Docker object labels"). */
const labels = z.record(
    z.string().regex(/^[a-zA-Z0-9](?:[\w.-]*[a-zA-Z0-9])?$/, "a label of letters, digits and _.-"),
    z.string("text without line breaks").regex(/^[^\r\n]*$/, "text without line breaks"),
    "a group of labels",
);

// systemd, which hands these lines to ecs-init, takes backslashes away, and JSON would need one before a quote.
const expectedOption = 'text without ", \\ and line breaks';
const logOptions = z.record(
    z
        .string()
        .regex(/^[a-z][a-z0-9._-]*$/, "an option of the log driver, such as max-size")
        .regex(/^(?!.*token$)/, "no token: everybody on the host can read user data"),
    z.string(expectedOption).regex(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/, expectedOption),
    "a group of log options",
);

/** What the agent says of itself and of what it sees. */
export const loggingVariables = {
    loglevel: {
        variable: "ECS_LOGLEVEL",
        kind: word(levels),
        meaning: "How much the agent logs.",
        agentDefault: "info",
        source: agent,
    },
    loglevelOnInstance: {
        variable: "ECS_LOGLEVEL_ON_INSTANCE",
        kind: word(["none", ...levels]),
        meaning: "How much the agent logs into /var/log/ecs on the host, where that should differ.",
        agentDefault: "`none` with `logDriver`, else as `loglevel`",
        source: agent,
    },
    logOutputFormat: {
        variable: "ECS_LOG_OUTPUT_FORMAT",
        kind: word(["logfmt", "json"]),
        meaning: "Form of the agent's log.",
        agentDefault: "logfmt",
        source: agent,
    },
    logRolloverType: {
        variable: "ECS_LOG_ROLLOVER_TYPE",
        kind: word(["size", "hourly"]),
        meaning: "When the agent begins a new log file.",
        agentDefault: "size",
        source: agent,
    },
    logMaxFileSizeMB: {
        variable: "ECS_LOG_MAX_FILE_SIZE_MB",
        kind: whole(1, 100_000),
        meaning: "Size in MB at which the agent begins a new log file with `logRolloverType: size`.",
        agentDefault: "5",
        source: agent,
    },
    logMaxRollCount: {
        variable: "ECS_LOG_MAX_ROLL_COUNT",
        kind: whole(1, 100_000),
        meaning: "Number of old log files that are kept.",
        agentDefault: "24",
        source: agent,
    },
    logDriver: {
        variable: "ECS_LOG_DRIVER",
        kind: word(["awslogs", "fluentd", "gelf", "journald", "json-file", "logentries", "splunk", "syslog"]),
        meaning: "Docker's log driver for the agent's own container.",
        agentDefault: "json-file",
        source: ecsInit,
    },
    logOpts: {
        variable: "ECS_LOG_OPTS",
        kind: jsonMap(logOptions),
        meaning: "Options of `logDriver`.",
        source: ecsInit,
    },
    disableMetrics: {
        variable: "ECS_DISABLE_METRICS",
        kind: flag(),
        meaning: "Collect no metrics of tasks.",
        agentDefault: "false",
        source: agent,
    },
    pollMetrics: {
        variable: "ECS_POLL_METRICS",
        kind: flag(),
        meaning:
            "Ask docker for metrics from time to time instead of listening all the time, which costs more CPU.",
        agentDefault: "false",
        onlyWith: { field: "disableMetrics", value: false },
        source: agent,
    },
    pollingMetricsWaitDuration: {
        variable: "ECS_POLLING_METRICS_WAIT_DURATION",
        kind: duration("5s", "20s"),
        meaning: "Time between two questions of `pollMetrics`.",
        agentDefault: "10s",
        onlyWith: { field: "pollMetrics", value: true },
        source: agent,
    },
    disableDockerHealthCheck: {
        variable: "ECS_DISABLE_DOCKER_HEALTH_CHECK",
        kind: flag(),
        meaning: "Run no health check of the agent's own container.",
        agentDefault: "false",
        source: agent,
    },
    agentHealthcheckHost: {
        variable: "ECS_AGENT_HEALTHCHECK_HOST",
        kind: line(/^[\w.:[\]-]+$/, "a host name or an address"),
        meaning: "Where the health check of its container finds the agent.",
        agentDefault: "localhost",
        onlyWith: { field: "disableDockerHealthCheck", value: false },
        source: agent,
    },
    enableRuntimeStats: {
        variable: "ECS_ENABLE_RUNTIME_STATS",
        kind: flag(),
        meaning: "Log the agent's own use of memory, and serve Go profiles on its introspection port.",
        agentDefault: "false",
        source: agent,
    },
    updatesEnabled: {
        variable: "ECS_UPDATES_ENABLED",
        kind: flag(),
        meaning: "Let ECS update the agent when somebody asks it to (UpdateContainerAgent).",
        agentDefault: "true",
        source: agent,
    },
    agentLabels: {
        variable: "ECS_AGENT_LABELS",
        kind: jsonMap(labels),
        meaning: "Docker labels of the agent's container.",
        source: ecsInit,
    },
    pauseLabels: {
        variable: "ECS_PAUSE_LABELS",
        kind: jsonMap(labels),
        meaning: "Docker labels of the containers that hold a task's network.",
        source: agent,
    },
    agentApparmorProfile: {
        variable: "ECS_AGENT_APPARMOR_PROFILE",
        kind: line(/^[\w.-]+$/, "the name of an AppArmor profile"),
        meaning: "AppArmor profile of the agent's container.",
        agentDefault: "ecs-agent-default",
        source: ecsInit,
    },
} as const satisfies Record<string, AgentVariable>;

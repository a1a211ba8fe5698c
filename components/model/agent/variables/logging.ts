import { z } from "zod";
import { mayBeOutput } from "../../settings/fields";
import { readByAgent, duration, flag, jsonMap, sources, whole, word } from "../agentVariable";

const levels = ["crit", "error", "warn", "info", "debug"] as const;

// systemd, which hands these lines to ecs-init, takes backslashes away, and JSON would need one before a quote.
const expectedOption = 'text without ", \\ and line breaks';
const logOptions = z.record(
    z
        .string()
        .regex(/^[a-z][a-z0-9._-]*$/, "an option of the log driver, such as max-size")
        .regex(/^(?!.*token$)/, "no token: everybody on the host can read user data"),
    z
        .string(expectedOption)
        .regex(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/, expectedOption)
        .meta(mayBeOutput("unknown-###")),
    "a group of log options",
);

/** What the agent says of itself and of what it sees. */
export const loggingVariables = readByAgent({
    logLevel: {
        variable: "ECS_LOGLEVEL",
        since: "1.0.0",
        kind: word(levels),
        meaning: "How much the agent logs.",
        agentDefault: "info",
    },
    logLevelOnInstance: {
        variable: "ECS_LOGLEVEL_ON_INSTANCE",
        since: "1.44.0",
        kind: word(["none", ...levels]),
        meaning: "How much the agent logs into /var/log/ecs on the host, where that should differ.",
        agentDefault: "`none` with `logDriver`, else as `logLevel`",
    },
    logOutputFormat: {
        variable: "ECS_LOG_OUTPUT_FORMAT",
        since: "1.36.0",
        kind: word(["logfmt", "json"]),
        meaning: "Form of the agent's log.",
        agentDefault: "logfmt",
    },
    logRolloverType: {
        variable: "ECS_LOG_ROLLOVER_TYPE",
        since: "1.36.0",
        kind: word(["size", "hourly"]),
        meaning: "When the agent begins a new log file.",
        agentDefault: "size",
    },
    logMaxFileSizeMB: {
        variable: "ECS_LOG_MAX_FILE_SIZE_MB",
        since: "1.36.0",
        kind: whole(1, 100_000),
        meaning: "Size in MB at which the agent begins a new log file with `logRolloverType: size`.",
        agentDefault: "5",
    },
    logMaxRollCount: {
        variable: "ECS_LOG_MAX_ROLL_COUNT",
        since: "1.36.0",
        kind: whole(1, 100_000),
        meaning: "Number of old log files that are kept.",
        agentDefault: "24",
    },
    logDriver: {
        variable: "ECS_LOG_DRIVER",
        kind: word(["awslogs", "fluentd", "gelf", "journald", "json-file", "logentries", "splunk", "syslog"]),
        meaning: "Docker's log driver for the agent's own container.",
        agentDefault: "json-file",
        source: sources.ecsInit,
    },
    logOpts: {
        variable: "ECS_LOG_OPTS",
        kind: jsonMap(logOptions),
        meaning: "Options of `logDriver`.",
        source: sources.ecsInit,
    },
    disableMetrics: {
        variable: "ECS_DISABLE_METRICS",
        since: "1.2.0",
        kind: flag(),
        meaning: "Collect no metrics of tasks.",
        agentDefault: "false",
    },
    pollMetrics: {
        variable: "ECS_POLL_METRICS",
        since: "1.24.0",
        kind: flag(),
        meaning:
            "Ask docker for metrics from time to time instead of listening all the time, which costs more CPU.",
        agentDefault: "false",
        onlyWith: { field: "disableMetrics", value: false },
    },
    pollingMetricsWaitDuration: {
        variable: "ECS_POLLING_METRICS_WAIT_DURATION",
        since: "1.24.0",
        kind: duration("5s", "20s"),
        meaning: "Time between two questions of `pollMetrics`.",
        agentDefault: "10s",
        onlyWith: { field: "pollMetrics", value: true },
    },
});

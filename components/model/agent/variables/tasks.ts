import { type AgentVariable, duration, flag, jsonList, sources } from "../agentVariable";
import { oneOf } from "../../settings/fields";

const source = sources.agent;

/** What tasks may do, and how their life is managed. */
export const taskVariables = {
    enableTaskIamRole: {
        variable: "ECS_ENABLE_TASK_IAM_ROLE",
        kind: flag(),
        meaning: "Give tasks the credentials of their own IAM role.",
        agentDefault: "true",
        source,
    },
    enableTaskIamRoleNetworkHost: {
        variable: "ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST",
        kind: flag(),
        meaning: "Give tasks in the network mode `host` those credentials as well.",
        agentDefault: "true",
        source,
    },
    enableAwslogsExecutionRoleOverride: {
        variable: "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE",
        kind: flag(),
        meaning: "Let the log driver `awslogs` use the execution role of a task that has one.",
        agentDefault: "true",
        source,
    },
    availableLoggingDrivers: {
        variable: "ECS_AVAILABLE_LOGGING_DRIVERS",
        // agent/dockerclient/logging_drivers.go: any other word keeps the agent from starting.
        kind: jsonList(
            oneOf([
                "awsfirelens",
                "awslogs",
                "fluentd",
                "gelf",
                "journald",
                "json-file",
                "logentries",
                "none",
                "splunk",
                "sumologic",
                "syslog",
            ]),
            "a list of log drivers",
        ),
        meaning: "Log drivers that tasks may ask for.",
        agentDefault: '["json-file","syslog","awslogs","fluentd","none"]',
        source,
    },
    enableFirelensAsync: {
        variable: "ECS_ENABLE_FIRELENS_ASYNC",
        kind: flag(),
        meaning: "Let containers that log through FireLens start before its log router answers.",
        agentDefault: "true",
        source,
    },
    disablePrivileged: {
        variable: "ECS_DISABLE_PRIVILEGED",
        kind: flag(),
        meaning: "Refuse privileged containers.",
        agentDefault: "false",
        source,
    },
    selinuxCapable: {
        variable: "ECS_SELINUX_CAPABLE",
        kind: flag(),
        meaning: "Tell ECS that containers can have SELinux options.",
        agentDefault: "false",
        source,
    },
    appArmorCapable: {
        variable: "ECS_APPARMOR_CAPABLE",
        kind: flag(),
        meaning: "Tell ECS that containers can have AppArmor profiles.",
        agentDefault: "false",
        source,
    },
    enableContainerMetadata: {
        variable: "ECS_ENABLE_CONTAINER_METADATA",
        kind: flag(),
        meaning: "Write a file for each container that describes it.",
        agentDefault: "false",
        source,
    },
    engineTaskCleanupWaitDuration: {
        variable: "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION",
        kind: duration("1s"),
        meaning: "How long the containers of a stopped task are kept.",
        agentDefault: "3h",
        source,
    },
    engineTaskCleanupWaitDurationJitter: {
        variable: "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER",
        kind: duration(),
        meaning: "Most time that is added to `engineTaskCleanupWaitDuration` by chance.",
        source,
    },
    containerCreateTimeout: {
        variable: "ECS_CONTAINER_CREATE_TIMEOUT",
        kind: duration("1m"),
        meaning: "When to give up on creating a container.",
        agentDefault: "4m",
        source,
    },
    containerStartTimeout: {
        variable: "ECS_CONTAINER_START_TIMEOUT",
        // agent/config/config_unix.go: the least.
        kind: duration("45s"),
        meaning: "When to give up on starting a container.",
        agentDefault: "3m",
        source,
    },
    containerStopTimeout: {
        variable: "ECS_CONTAINER_STOP_TIMEOUT",
        // agent/config/config.go: the least.
        kind: duration("1s"),
        meaning: "How long a container may take to stop before it is killed.",
        agentDefault: "30s",
        source,
    },
} as const satisfies Record<string, AgentVariable>;

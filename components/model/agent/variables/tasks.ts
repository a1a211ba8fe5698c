import { readByAgent, duration, flag, jsonList } from "../agentVariable";
import { oneOf } from "../../settings/fields";

/** What tasks may do, and how their life is managed. */
export const taskVariables = readByAgent({
    enableTaskIamRole: {
        variable: "ECS_ENABLE_TASK_IAM_ROLE",
        since: "1.11.0",
        kind: flag(),
        meaning: "Give tasks the credentials of their own IAM role.",
        agentDefault: "true",
    },
    enableTaskIamRoleNetworkHost: {
        variable: "ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST",
        since: "1.12.0",
        kind: flag(),
        meaning: "Give tasks in the network mode `host` those credentials as well.",
        agentDefault: "true",
    },
    enableAwslogsExecutionRoleOverride: {
        variable: "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE",
        since: "1.16.0",
        kind: flag(),
        meaning: "Let the log driver `awslogs` use the execution role of a task that has one.",
        agentDefault: "true",
    },
    availableLoggingDrivers: {
        variable: "ECS_AVAILABLE_LOGGING_DRIVERS",
        since: "1.5.0",
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
    },
    enableFirelensAsync: {
        variable: "ECS_ENABLE_FIRELENS_ASYNC",
        since: "1.91.0",
        kind: flag(),
        meaning: "Let containers that log through FireLens start before its log router answers.",
        agentDefault: "true",
    },
    disablePrivileged: {
        variable: "ECS_DISABLE_PRIVILEGED",
        since: "1.5.0",
        kind: flag(),
        meaning: "Refuse privileged containers.",
        agentDefault: "false",
    },
    selinuxCapable: {
        variable: "ECS_SELINUX_CAPABLE",
        since: "1.5.0",
        kind: flag(),
        meaning: "Tell ECS that containers can have SELinux options.",
        agentDefault: "false",
    },
    appArmorCapable: {
        variable: "ECS_APPARMOR_CAPABLE",
        since: "1.5.0",
        kind: flag(),
        meaning: "Tell ECS that containers can have AppArmor profiles.",
        agentDefault: "false",
    },
    enableContainerMetadata: {
        variable: "ECS_ENABLE_CONTAINER_METADATA",
        since: "1.15.0",
        kind: flag(),
        meaning: "Write a file for each container that describes it.",
        agentDefault: "false",
    },
    engineTaskCleanupWaitDuration: {
        variable: "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION",
        since: "1.8.0",
        kind: duration("1s"),
        meaning: "How long the containers of a stopped task are kept.",
        agentDefault: "3h",
    },
    engineTaskCleanupWaitDurationJitter: {
        variable: "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER",
        since: "1.55.0",
        kind: duration(),
        meaning: "Most time that is added to `engineTaskCleanupWaitDuration` by chance.",
    },
    containerCreateTimeout: {
        variable: "ECS_CONTAINER_CREATE_TIMEOUT",
        since: "1.49.0",
        kind: duration("1m"),
        meaning: "When to give up on creating a container.",
        agentDefault: "4m",
    },
    containerStartTimeout: {
        variable: "ECS_CONTAINER_START_TIMEOUT",
        since: "1.17.3",
        // agent/config/config_unix.go: the least.
        kind: duration("45s"),
        meaning: "When to give up on starting a container.",
        agentDefault: "3m",
    },
    containerStopTimeout: {
        variable: "ECS_CONTAINER_STOP_TIMEOUT",
        since: "1.10.0",
        // agent/config/config.go: the least.
        kind: duration("1s"),
        meaning: "How long a container may take to stop before it is killed.",
        agentDefault: "30s",
    },
});

import { agentFields, agentVariables } from "./agentVariables";

const secret =
    "it holds a password, and everybody on the host can read user data; let tasks pull with their execution role, or name a secret of Secrets Manager in the task definition (repositoryCredentials)";
const path = "it names a place inside the agent's container, which ecs-init decides";
const windows = "it is for Windows";

/** Variables that the agent documents and settings do not have, each with the reason. */
export const leftOut = {
    ECS_CLUSTER: "the cluster's name is the setting clusterName",
    ECS_ENGINE_AUTH_TYPE: secret,
    ECS_ENGINE_AUTH_DATA: secret,
    AWS_DEFAULT_REGION: "an agent on EC2 works in the region of its host",
    DOCKER_HOST: "docker listens where the image has it listen, and the bootstrap counts on it",
    ECS_LOGFILE: path,
    ECS_DATADIR: path,
    ECS_HOST_DATA_DIR: path,
    ECS_CNI_PLUGINS_PATH: path,
    ECS_CGROUP_PATH: path,
    ECS_CHECKPOINT: "an agent that forgets who it is joins anew at each start and leaves a ghost behind",
    ECS_ALTERNATE_CREDENTIAL_PROFILE: "it is for hosts outside EC2",
    ECS_EBSTA_SUPPORTED: "ecs-init finds it out by itself",
    ECS_DETAILED_OS_FAMILY: "ecs-init finds it out by itself",
    ECS_AGENT_PID_NAMESPACE_HOST: "SLES 16 needs it and the others do not; the host's generation decides",
    ECS_ENABLE_CPU_UNBOUNDED_WINDOWS_WORKAROUND: windows,
    ECS_ENABLE_MEMORY_UNBOUNDED_WINDOWS_WORKAROUND: windows,
    ECS_FSX_WINDOWS_FILE_SERVER_SUPPORTED: windows,
} as const satisfies Readonly<Record<string, string>>;

/**
 * What to say of a key that is no setting of the agent, but that the agent's own documents may have suggested: the
 * name of a variable, or one that settings leave out. Undefined when it is neither.
 */
export function aboutUnknownAgentSetting(key: string): { message: string; hint?: string } | undefined {
    const field = agentFields.find((one) => essence(agentVariables[one].variable) === essence(key));
    if (field !== undefined) {
        return { message: `unknown key ${key}`, hint: `write ${field}` };
    }
    const reason = Object.entries(leftOut).find(([variable]) => essence(variable) === essence(key))?.[1];
    return reason === undefined ? undefined : { message: `${key} cannot be set here: ${reason}` };
}

/** A variable's name as people may write it: `ECS_LOG_LEVEL`, `logLevel` and `log_level` are one. */
function essence(name: string): string {
    return name.toLowerCase().replace(/^ecs_/, "").replaceAll("_", "");
}

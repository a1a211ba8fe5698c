import { checkedText, text, wholeNumber } from "../../settings/fields";
import { kernelPorts, readPortRange } from "../hostPortRange";
import { readByAgent, duration, flag, jsonList, line, whole } from "../agentVariable";

/** Reserved ports of a container instance at most (ECS API reference, PortMapping: hostPort). */
const maxPorts = 100;
const portList = jsonList(wholeNumber(1, 65_535), "a list of port numbers");
const ports = { ...portList, schema: portList.schema.max(maxPorts, `at most ${maxPorts} ports`) };

const example = `a range of ports such as ${kernelPorts.first}-${kernelPorts.last}`;
const portRange = checkedText(example, (value) =>
    readPortRange(value) === undefined ? `${example}, lowest first` : undefined,
);

/** What of the host is for tasks, and how it is shared out. */
export const resourceVariables = readByAgent({
    reservedMemoryMiB: {
        variable: "ECS_RESERVED_MEMORY",
        since: "1.2.1",
        // The agent reads 16 bits (agent/config/parse.go, parseEnvVariableUint16).
        kind: whole(0, 65_535),
        meaning: "Memory in MiB that tasks do not get: it stays for the system.",
        agentDefault: "0",
    },
    reservedPorts: {
        variable: "ECS_RESERVED_PORTS",
        since: "1.0.0",
        kind: ports,
        meaning:
            "TCP ports of the host that no task may have; the list takes the place of the default, so repeat those of ssh, docker and the agent.",
        agentDefault: "[22,2375,2376,51678,51679]",
    },
    reservedPortsUdp: {
        variable: "ECS_RESERVED_PORTS_UDP",
        since: "1.2.0",
        kind: ports,
        meaning: "UDP ports of the host that no task may have.",
    },
    dynamicHostPortRange: {
        variable: "ECS_DYNAMIC_HOST_PORT_RANGE",
        since: "1.70.0",
        kind: { schema: portRange, write: String },
        meaning: "Where the ports come from that the agent chooses for containers, first and last.",
        agentDefault: "/proc/sys/net/ipv4/ip_local_port_range",
    },
    enableTaskCpuMemLimit: {
        variable: "ECS_ENABLE_TASK_CPU_MEM_LIMIT",
        since: "1.16.0",
        kind: flag(),
        meaning: "Enforce the limits on CPU and memory that a task has as a whole.",
        agentDefault: "true",
    },
    propagateTaskMemoryLimitCgroupV2: {
        variable: "ECS_PROPAGATE_TASK_MEMORY_LIMIT_CGROUPV2",
        since: "1.104.0",
        kind: flag(),
        meaning: "With cgroups v2, give a task's memory limit to those of its containers that have none.",
        agentDefault: "false",
    },
    cgroupCpuPeriod: {
        variable: "ECS_CGROUP_CPU_PERIOD",
        since: "1.28.0",
        kind: duration("8ms", "100ms"),
        meaning: "The period within which the kernel enforces a task's share of CPU time.",
        agentDefault: "100ms",
    },
    taskPidsLimit: {
        variable: "ECS_TASK_PIDS_LIMIT",
        since: "1.77.0",
        kind: whole(1, 4_194_304),
        meaning: "Most processes and threads of one task.",
    },
    enableGpuSupport: {
        variable: "ECS_ENABLE_GPU_SUPPORT",
        since: "1.25.0",
        kind: flag(),
        meaning: "Offer the host's NVIDIA GPUs to tasks; drivers and runtime have to be there.",
        agentDefault: "false",
    },
    nvidiaRuntime: {
        variable: "ECS_NVIDIA_RUNTIME",
        since: "1.25.0",
        kind: line(/^[\w.-]+$/, "the name of a docker runtime"),
        meaning: "Docker runtime for containers that use a GPU.",
        agentDefault: "nvidia",
    },
    sharedVolumeMatchFullConfig: {
        variable: "ECS_SHARED_VOLUME_MATCH_FULL_CONFIG",
        since: "1.20.2",
        kind: flag(),
        meaning:
            "Take docker volumes of the same name for the same only if their driver options and labels agree as well.",
        agentDefault: "false",
    },
    taskMetadataRpsLimit: {
        variable: "ECS_TASK_METADATA_RPS_LIMIT",
        since: "1.17.1",
        kind: {
            schema: text(
                /^[1-9]\d{0,8},[1-9]\d{0,8}$/,
                "two whole numbers above 0 with a comma, such as 40,60",
            ),
            write: String,
        },
        meaning:
            "Requests per second that the task metadata endpoint serves: steadily and in bursts, with a comma between.",
        agentDefault: "40,60",
    },
});

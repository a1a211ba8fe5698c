import type { EcsState } from "./state";
import type { ContainerInstanceRecord, Resources, TaskRecord } from "./records";

/** A container instance as DescribeContainerInstances shows it. */
export function containerInstanceView(
    host: ContainerInstanceRecord,
    state: EcsState,
    withTags: boolean,
): object {
    const tasks = state.tasksOn(host.arn);
    const remaining = remainingResources(host, tasks);
    return {
        containerInstanceArn: host.arn,
        ec2InstanceId: host.ec2InstanceId,
        capacityProviderName: host.capacityProviderName,
        version: 1,
        versionInfo: {
            agentVersion: host.agentVersion,
            agentHash: "8dfceca",
            dockerVersion: `DockerVersion: ${host.dockerVersion}`,
        },
        status: host.status,
        agentConnected: host.agentConnected,
        runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
        pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === "PENDING").length,
        registeredAt: host.registeredAtSeconds,
        registeredResources: resourceViews(host.resources),
        remainingResources: resourceViews(remaining),
        attributes: [...host.attributes].map(([name, value]) => ({ name, value })),
        attachments: [],
        tags: withTags ? host.tags : [],
    };
}

/** A task as DescribeTasks shows it. */
export function taskView(task: TaskRecord, withTags: boolean): object {
    const { taskDefinition } = task;
    return {
        taskArn: task.arn,
        clusterArn: task.clusterArn,
        taskDefinitionArn: taskDefinition.taskDefinitionArn,
        containerInstanceArn: task.containerInstanceArn,
        group: task.group,
        startedBy: task.startedBy ?? task.deploymentId,
        launchType: task.launchType,
        capacityProviderName: task.capacityProviderName,
        lastStatus: task.lastStatus,
        desiredStatus: task.desiredStatus,
        cpu: String(task.resources.cpuUnits),
        memory: String(task.resources.memoryMiB),
        createdAt: task.createdAtSeconds,
        startedAt: task.startedAtSeconds,
        stoppingAt: task.stoppingAtSeconds,
        stoppedAt: task.stoppedAtSeconds,
        stoppedReason: task.stoppedReason,
        stopCode: task.stopCode,
        healthStatus: "UNKNOWN",
        version: 1,
        attachments: [],
        attributes: [],
        overrides: task.overrides ?? { containerOverrides: [] },
        containers: (taskDefinition.containerDefinitions ?? []).map(({ name, image }) => ({
            containerArn: `${task.arn.replace(":task/", ":container/")}/${name ?? ""}`,
            taskArn: task.arn,
            name,
            image,
            lastStatus: task.lastStatus,
            networkInterfaces: [],
        })),
        tags: withTags ? task.tags : [],
    };
}

/** What is left on a host beside its tasks. */
export function remainingResources(host: ContainerInstanceRecord, tasks: readonly TaskRecord[]): Resources {
    return {
        cpuUnits: tasks.reduce((left, task) => left - task.resources.cpuUnits, host.resources.cpuUnits),
        memoryMiB: tasks.reduce((left, task) => left - task.resources.memoryMiB, host.resources.memoryMiB),
        ports: [...host.resources.ports, ...tasks.flatMap((task) => task.resources.ports)],
    };
}

function resourceViews({ cpuUnits, memoryMiB, ports }: Resources): object[] {
    const number = { type: "INTEGER", doubleValue: 0, longValue: 0 };
    const set = { type: "STRINGSET", doubleValue: 0, longValue: 0, integerValue: 0 };
    return [
        { ...number, name: "CPU", integerValue: cpuUnits },
        { ...number, name: "MEMORY", integerValue: memoryMiB },
        { ...set, name: "PORTS", stringSetValue: ports.map(String) },
        { ...set, name: "PORTS_UDP", stringSetValue: [] },
    ];
}

import type { ResourceManagementType } from "@aws-sdk/client-ecs";
import { remainingResources } from "./placement";
import { deploymentViews } from "./deployments";
import { countTasks } from "./state";
import type { ContainerInstanceRecord, EcsState, Resources, ServiceRecord, TaskRecord } from "./state";

/** A container instance as DescribeContainerInstances shows it. */
export function containerInstanceView(
    host: ContainerInstanceRecord,
    ecs: EcsState,
    withTags = false,
): object {
    const tasks = ecs.tasksOn(host.arn);
    const { running, pending } = countTasks(tasks);
    return {
        containerInstanceArn: host.arn,
        ec2InstanceId: host.ec2InstanceId,
        capacityProviderName: host.capacityProviderName,
        version: 1,
        versionInfo: {
            agentVersion: host.agentVersion,
            agentHash: host.agentHash,
            dockerVersion: `DockerVersion: ${host.dockerVersion}`,
        },
        status: host.status,
        agentConnected: host.agentConnected,
        runningTasksCount: running,
        pendingTasksCount: pending,
        registeredAt: host.registeredAtSeconds,
        registeredResources: resourceViews(host.resources),
        remainingResources: resourceViews(remainingResources(host, tasks)),
        attributes: Object.entries(host.attributes).map(([name, value]) => ({ name, value })),
        attachments: [],
        tags: withTags ? host.tags : [],
    };
}

function resourceViews({ cpuUnits, memoryMiB, ports }: Resources): object[] {
    const number = { type: "INTEGER", doubleValue: 0, longValue: 0 };
    const ofProtocol = (protocol: string): string[] =>
        ports.filter((port) => port.endsWith(`/${protocol}`)).map((port) => port.split("/")[0] ?? "");
    const set = { type: "STRINGSET", doubleValue: 0, longValue: 0, integerValue: 0 };
    return [
        { ...number, name: "CPU", integerValue: cpuUnits },
        { ...number, name: "MEMORY", integerValue: memoryMiB },
        { ...set, name: "PORTS", stringSetValue: ofProtocol("tcp") },
        { ...set, name: "PORTS_UDP", stringSetValue: ofProtocol("udp") },
    ];
}

/** A task as DescribeTasks shows it. */
export function taskView(task: TaskRecord): object {
    const { taskDefinition } = task;
    return {
        taskArn: task.arn,
        clusterArn: task.clusterArn,
        taskDefinitionArn: taskDefinition.taskDefinitionArn,
        containerInstanceArn: task.containerInstanceArn,
        group: task.group,
        startedBy: task.startedBy,
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
        containers: (taskDefinition.containerDefinitions ?? []).map(({ name, image }) => {
            const known = task.containers?.find((one) => one.name === name);
            return {
                containerArn: `${task.arn.replace(":task/", ":container/")}/${name ?? ""}`,
                taskArn: task.arn,
                name,
                image,
                lastStatus: task.lastStatus,
                runtimeId: known?.runtimeId,
                exitCode: known?.exitCode,
                reason: known?.reason,
                networkBindings: known?.bindings ?? [],
            };
        }),
    };
}

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html, resourceManagementType */
export function managementOf({ express }: ServiceRecord): ResourceManagementType {
    return express === undefined ? "CUSTOMER" : "ECS";
}

/** A service as DescribeServices shows it. */
export function serviceView(service: ServiceRecord, ecs: EcsState): object {
    const { running, pending } = countTasks(ecs.tasksOfService(service));
    const hosts = ecs.containerInstancesOf(service.clusterArn).filter(({ status }) => status === "ACTIVE");
    const isDaemon = service.schedulingStrategy === "DAEMON" && service.status === "ACTIVE";
    const desiredCount = isDaemon ? hosts.length : service.desiredCount;
    const common = {
        taskDefinition: service.taskDefinition.taskDefinitionArn,
        launchType: service.launchType,
        capacityProviderStrategy: service.capacityProviderStrategy,
        desiredCount,
        runningCount: running,
        pendingCount: pending,
    };
    return {
        ...common,
        serviceArn: service.arn,
        serviceName: service.name,
        clusterArn: service.clusterArn,
        status: service.status,
        schedulingStrategy: service.schedulingStrategy,
        resourceManagementType: managementOf(service),
        loadBalancers: service.loadBalancers,
        networkConfiguration: service.networkConfiguration,
        createdAt: service.createdAtSeconds,
        deploymentConfiguration: {
            maximumPercent: service.maximumPercent,
            minimumHealthyPercent: service.minimumHealthyPercent,
            deploymentCircuitBreaker: service.circuitBreaker,
        },
        enableExecuteCommand: service.exec,
        placementConstraints: service.placementConstraints,
        placementStrategy: service.placementStrategy,
        deployments: service.status === "INACTIVE" ? [] : deploymentViews(service, ecs, desiredCount),
        events: service.events,
    };
}

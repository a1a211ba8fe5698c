import {
    DescribeContainerInstancesCommand,
    DescribeServicesCommand,
    DescribeTasksCommand,
    paginateListContainerInstances,
    paginateListServices,
    paginateListTasks,
    type ContainerInstance as EcsContainerInstance,
    type ECSClient,
    type Service as EcsServiceDescription,
    type Task as EcsTask,
} from "@aws-sdk/client-ecs";

import type { ContainerInstance, Service, Task } from "../ports/aws";
import type { EcsService } from "../ports/awsServices";
import { chunks, collect, unless } from "./collect";

// DescribeContainerInstances and DescribeTasks take 100 at once, DescribeServices 10 (Amazon ECS API reference).
const instancesPerCall = 100;
const tasksPerCall = 100;
const servicesPerCall = 10;
const noCluster = ["ClusterNotFoundException"];

/** What lives in a cluster; nothing lives in a cluster that does not exist. */
export function createEcsContents(
    client: ECSClient,
): Pick<EcsService, "containerInstances" | "services" | "tasks"> {
    return {
        containerInstances: (cluster) => unless(noCluster, [], () => containerInstances(client, cluster)),
        services: (cluster) => unless(noCluster, [], () => services(client, cluster)),
        tasks: (cluster) => unless(noCluster, [], () => tasks(client, cluster)),
    };
}

async function containerInstances(client: ECSClient, cluster: string): Promise<readonly ContainerInstance[]> {
    const arns = await collect(
        paginateListContainerInstances({ client, pageSize: 100 }, { cluster }),
        (page) => page.containerInstanceArns,
    );
    const answers = await Promise.all(
        chunks(arns, instancesPerCall).map((part) =>
            client.send(new DescribeContainerInstancesCommand({ cluster, containerInstances: part })),
        ),
    );
    return answers
        .flatMap((answer) => answer.containerInstances ?? [])
        .filter((instance) => instance.status !== "INACTIVE")
        .map((instance) => toContainerInstance(instance, cluster));
}

function toContainerInstance(instance: EcsContainerInstance, cluster: string): ContainerInstance {
    const agentVersion = instance.versionInfo?.agentVersion;
    const dockerVersion = instance.versionInfo?.dockerVersion?.replace(/^DockerVersion: /, "");
    return {
        arn: instance.containerInstanceArn ?? "",
        instanceId: instance.ec2InstanceId ?? "",
        clusterName: cluster,
        status: instance.status ?? "",
        agentConnected: instance.agentConnected ?? false,
        ...(agentVersion ? { agentVersion } : {}),
        ...(dockerVersion ? { dockerVersion } : {}),
        runningTasks: instance.runningTasksCount ?? 0,
        pendingTasks: instance.pendingTasksCount ?? 0,
        free: {
            cpuUnits: resourceOf(instance, "CPU"),
            memoryMiB: resourceOf(instance, "MEMORY"),
        },
        attributes: Object.fromEntries(
            (instance.attributes ?? []).map(
                (attribute) => [attribute.name ?? "", attribute.value ?? ""] as const,
            ),
        ),
    };
}

function resourceOf({ remainingResources = [] }: EcsContainerInstance, name: string): number {
    return remainingResources.find((one) => one.name === name)?.integerValue ?? 0;
}

async function services(client: ECSClient, cluster: string): Promise<readonly Service[]> {
    const arns = await collect(
        paginateListServices({ client, pageSize: 100 }, { cluster }),
        (page) => page.serviceArns,
    );
    const answers = await Promise.all(
        chunks(arns, servicesPerCall).map((part) =>
            client.send(new DescribeServicesCommand({ cluster, services: part })),
        ),
    );
    return answers
        .flatMap((answer) => answer.services ?? [])
        .filter((service) => service.status !== "INACTIVE")
        .map(toService);
}

function toService(service: EcsServiceDescription): Service {
    return {
        name: service.serviceName ?? "",
        arn: service.serviceArn ?? "",
        status: service.status ?? "",
        schedulingStrategy: service.schedulingStrategy ?? "REPLICA",
        desired: service.desiredCount ?? 0,
        running: service.runningCount ?? 0,
        pending: service.pendingCount ?? 0,
    };
}

async function tasks(client: ECSClient, cluster: string): Promise<readonly Task[]> {
    // Tasks on their way out are listed only under the desired status STOPPED, beside those long stopped.
    const lists = await Promise.all(
        (["RUNNING", "STOPPED"] as const).map((desiredStatus) =>
            collect(
                paginateListTasks({ client, pageSize: 100 }, { cluster, desiredStatus }),
                (page) => page.taskArns,
            ),
        ),
    );
    const arns = [...new Set(lists.flat())];
    const answers = await Promise.all(
        chunks(arns, tasksPerCall).map((part) =>
            client.send(new DescribeTasksCommand({ cluster, tasks: part })),
        ),
    );
    return answers
        .flatMap((answer) => answer.tasks ?? [])
        .filter((task) => task.lastStatus !== "STOPPED" && task.lastStatus !== "DELETED")
        .map(toTask);
}

function toTask(task: EcsTask): Task {
    const { containerInstanceArn } = task;
    return {
        arn: task.taskArn ?? "",
        taskDefinition: task.taskDefinitionArn?.split("/").at(-1) ?? "",
        group: task.group ?? "",
        lastStatus: task.lastStatus ?? "",
        desiredStatus: task.desiredStatus ?? "",
        needs: {
            cpuUnits: needOf(
                task.cpu,
                task.containers?.map(({ cpu }) => cpu),
            ),
            memoryMiB: needOf(
                task.memory,
                task.containers?.map(({ memory, memoryReservation }) => memoryReservation ?? memory),
            ),
        },
        ...(containerInstanceArn ? { containerInstanceArn } : {}),
    };
}

/**
 * The task's own number or, where it has none, that of its containers together; of their two memory limits ECS reserves
 * the soft one (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html).
 */
function needOf(ofTask: string | undefined, ofContainers: readonly (string | undefined)[] = []): number {
    return ofTask === undefined
        ? ofContainers.reduce((sum, one) => sum + Number(one ?? 0), 0)
        : Number(ofTask);
}

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
import { chunks, collect, tagsOf, unless } from "./collect";
import { noCluster } from "./ecsGone";
import { createEcsPlacement, portsOf, toConstraints } from "./ecsPlacement";

// DescribeContainerInstances and DescribeTasks take 100 at once, DescribeServices 10 (Amazon ECS API reference).
const instancesPerCall = 100;
const tasksPerCall = 100;
const servicesPerCall = 10;
const pageSize = 100;

/** What lives in a cluster; nothing lives in a cluster that does not exist. */
export function createEcsContents(
    client: ECSClient,
): Pick<EcsService, "containerInstances" | "services" | "tasks" | "taskDefinitions" | "matching"> {
    return {
        containerInstances: (cluster) => unless(noCluster, [], () => containerInstances(client, cluster)),
        services: (cluster, named = []) => unless(noCluster, [], () => services(client, cluster, named)),
        tasks: (cluster) => unless(noCluster, [], () => tasks(client, cluster)),
        ...createEcsPlacement(client),
    };
}

async function containerInstances(client: ECSClient, cluster: string): Promise<readonly ContainerInstance[]> {
    const arns = await collect(
        paginateListContainerInstances({ client, pageSize }, { cluster }),
        (page) => page.containerInstanceArns,
    );
    const instances = await describeInParts(arns, instancesPerCall, async (part) => {
        const command = new DescribeContainerInstancesCommand({ cluster, containerInstances: part });
        return (await client.send(command)).containerInstances;
    });
    return instances
        .filter((instance) => instance.status !== "INACTIVE")
        .map((instance) => toContainerInstance(instance, cluster));
}

function toContainerInstance(instance: EcsContainerInstance, cluster: string): ContainerInstance {
    return {
        arn: instance.containerInstanceArn ?? "",
        instanceId: instance.ec2InstanceId ?? "",
        clusterName: cluster,
        status: instance.status ?? "",
        agentConnected: instance.agentConnected ?? false,
        agentVersion: instance.versionInfo?.agentVersion || undefined,
        dockerVersion: instance.versionInfo?.dockerVersion?.replace(/^DockerVersion: /, "") || undefined,
        runningTasks: instance.runningTasksCount ?? 0,
        pendingTasks: instance.pendingTasksCount ?? 0,
        free: {
            cpuUnits: resourceOf(instance, "CPU"),
            memoryMiB: resourceOf(instance, "MEMORY"),
        },
        takenPorts: portsOf(instance.remainingResources),
        capacityProvider: instance.capacityProviderName || undefined,
        attributes: Object.fromEntries(
            (instance.attributes ?? []).map(({ name = "", value = "" }) => [name, value]),
        ),
    };
}

function resourceOf({ remainingResources = [] }: EcsContainerInstance, name: string): number {
    return remainingResources.find((one) => one.name === name)?.integerValue ?? 0;
}

async function services(
    client: ECSClient,
    cluster: string,
    named: readonly string[],
): Promise<readonly Service[]> {
    const arns = await collect(
        paginateListServices({ client, pageSize }, { cluster }),
        (page) => page.serviceArns,
    );
    const listed = new Set(arns.map((arn) => arn.split("/").at(-1)));
    const asked = [...arns, ...new Set(named.filter((name) => !listed.has(name)))];
    const found = await describeInParts(asked, servicesPerCall, async (part) => {
        const command = new DescribeServicesCommand({ cluster, services: part, include: ["TAGS"] });
        return (await client.send(command)).services;
    });
    return found.filter((service) => service.status !== "INACTIVE").map(toService);
}

function toService(service: EcsServiceDescription): Service {
    return {
        name: service.serviceName ?? "",
        arn: service.serviceArn ?? "",
        status: service.status ?? "",
        schedulingStrategy: service.schedulingStrategy ?? "REPLICA",
        // What ECS takes for a service of replicas that says nothing (API reference, DeploymentConfiguration).
        minimumHealthyPercent: service.deploymentConfiguration?.minimumHealthyPercent ?? 100,
        maximumPercent: service.deploymentConfiguration?.maximumPercent ?? 200,
        placementConstraints: toConstraints(service.placementConstraints),
        desired: service.desiredCount ?? 0,
        running: service.runningCount ?? 0,
        pending: service.pendingCount ?? 0,
        tags: tagsOf(service.tags),
        taskDefinition: service.taskDefinition?.split("/").at(-1),
        capacityProviders: (service.capacityProviderStrategy ?? []).map(
            ({ capacityProvider = "" }) => capacityProvider,
        ),
        targetGroups: (service.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
        isFargate: isFargate(service),
        isExpress: service.resourceManagementType === "ECS",
    };
}

/** API reference of ECS: CreateService, launchType; a capacity provider of Fargate has one of two names. */
function isFargate({ launchType, capacityProviderStrategy = [] }: EcsServiceDescription): boolean {
    return (
        launchType === "FARGATE" ||
        capacityProviderStrategy.some(({ capacityProvider = "" }) =>
            ["FARGATE", "FARGATE_SPOT"].includes(capacityProvider),
        )
    );
}

async function tasks(client: ECSClient, cluster: string): Promise<readonly Task[]> {
    // Tasks on their way out are listed only under the desired status STOPPED, beside those long stopped.
    const lists = await Promise.all(
        (["RUNNING", "STOPPED"] as const).map((desiredStatus) =>
            collect(
                paginateListTasks({ client, pageSize }, { cluster, desiredStatus }),
                (page) => page.taskArns,
            ),
        ),
    );
    const found = await describeInParts([...new Set(lists.flat())], tasksPerCall, async (part) => {
        return (await client.send(new DescribeTasksCommand({ cluster, tasks: part }))).tasks;
    });
    return found.filter((task) => task.lastStatus !== "STOPPED" && task.lastStatus !== "DELETED").map(toTask);
}

function toTask(task: EcsTask): Task {
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
        containerInstanceArn: task.containerInstanceArn || undefined,
        capacityProvider: task.capacityProviderName || undefined,
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

/** Lists answer with ARNs alone; what stands behind them is asked for in as large parts as one call takes. */
async function describeInParts<T>(
    arns: readonly string[],
    perCall: number,
    describe: (part: string[]) => Promise<readonly T[] | undefined>,
): Promise<readonly T[]> {
    const answers = await Promise.all(chunks(arns, perCall).map(describe));
    return answers.flatMap((answer) => answer ?? []);
}

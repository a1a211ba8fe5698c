import type {
    DescribeTasksRequest,
    ListTasksRequest,
    RunTaskRequest,
    StopTaskRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { misfit, occupied, place, resourcesOf } from "./placement";
import { activeCluster, describeTaskDefinition, invalid, page } from "./inputs";
import { arnInCluster, shortName } from "./names";
import type { TaskRecord } from "./state";
import { haltTask, launchTask } from "./taskLife";
import { taskView } from "./views";

/** Places tasks one after the other. What does not fit anywhere is a failure for every host, with its reason. */
export async function runTask(input: RunTaskRequest, region: string, cloud: Cloud): Promise<object> {
    const { clusterArn, defaultCapacityProviderStrategy = [] } = await activeCluster(
        cloud,
        region,
        input.cluster,
    );
    refuseFargate(input.launchType);
    const taskDefinition = await describeTaskDefinition(cloud, region, input.taskDefinition);
    const strategy =
        input.capacityProviderStrategy ??
        (input.launchType === undefined ? defaultCapacityProviderStrategy : []);
    const capacityProviderName = strategy[0]?.capacityProvider;
    const needed = resourcesOf(taskDefinition);
    const tasks: TaskRecord[] = [];
    const failures: object[] = [];
    for (let count = input.count ?? 1; count > 0; count -= 1) {
        const hosts = occupied(cloud.ecs, clusterArn, capacityProviderName);
        if (hosts.length === 0) {
            throw invalid("No Container Instances were found in your cluster.");
        }
        const host = place(hosts, needed);
        if (host === undefined) {
            failures.push(
                ...hosts.map((one) => ({ arn: one.host.arn, reason: misfit(one, needed) ?? "INACTIVE" })),
            );
            continue;
        }
        tasks.push(
            launchTask(cloud, {
                clusterArn,
                taskDefinition,
                containerInstanceArn: host.arn,
                group: input.group ?? `family:${taskDefinition.family ?? ""}`,
                startedBy: input.startedBy,
                capacityProviderName,
            }),
        );
    }
    return { tasks: tasks.map(taskView), failures };
}

export async function stopTask(input: StopTaskRequest, region: string, cloud: Cloud): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const task = cloud.ecs.tasks.get(arnInCluster(clusterArn, "task", input.task));
    if (task === undefined) {
        throw invalid("The referenced task was not found.");
    }
    haltTask(cloud, task, input.reason ?? "Task stopped by user", "UserInitiated");
    return { task: taskView(task) };
}

export async function describeTasks(
    input: DescribeTasksRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    if (input.tasks === undefined || input.tasks.length === 0) {
        throw invalid("Tasks cannot be empty.");
    }
    const arns = input.tasks.map((idOrArn) => arnInCluster(clusterArn, "task", idOrArn));
    return {
        tasks: arns.flatMap((arn) => cloud.ecs.tasks.get(arn) ?? []).map(taskView),
        failures: arns.filter((arn) => !cloud.ecs.tasks.has(arn)).map((arn) => ({ arn, reason: "MISSING" })),
    };
}

/** Lists tasks that are to run, unless stopped ones are asked for. */
export async function listTasks(input: ListTasksRequest, region: string, cloud: Cloud): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { containerInstance, desiredStatus = "RUNNING", family, serviceName, startedBy } = input;
    const fits = (task: TaskRecord): boolean =>
        task.desiredStatus === desiredStatus &&
        (containerInstance === undefined ||
            shortName(task.containerInstanceArn) === shortName(containerInstance)) &&
        (serviceName === undefined || task.group === `service:${shortName(serviceName)}`) &&
        (family === undefined || task.taskDefinition.family === family) &&
        (startedBy === undefined || task.startedBy === startedBy);
    const arns = cloud.ecs
        .tasksOf(clusterArn)
        .filter(fits)
        .map(({ arn }) => arn);
    const { items, nextToken } = page(arns, input);
    return { taskArns: items, nextToken };
}

/** Tasks of the local cloud run on hosts. @throws AwsError InvalidParameterException */
export function refuseFargate(launchType: string | undefined): asserts launchType is "EC2" | undefined {
    if (launchType !== undefined && launchType !== "EC2") {
        throw invalid(`The local cloud plays the launch type EC2 alone: got ${launchType}.`);
    }
}

import type { DescribeTasksRequest, ListTasksRequest, StopTaskRequest } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { activeCluster, checkedList, invalid, page } from "./inputs";
import { arnInCluster, shortName } from "./names";
import type { TaskRecord } from "./state";
import { haltTask } from "./taskLife";
import { taskView } from "./views";

/** Source: API reference of DescribeTasks. */
const mostDescribed = 100;

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
    const arns = checkedList(input.tasks, mostDescribed, "Tasks").map((idOrArn) =>
        arnInCluster(clusterArn, "task", idOrArn),
    );
    return {
        tasks: arns.flatMap((arn) => cloud.ecs.tasks.get(arn) ?? []).map(taskView),
        failures: arns.filter((arn) => !cloud.ecs.tasks.has(arn)).map((arn) => ({ arn, reason: "MISSING" })),
    };
}

/** Lists tasks that are to run, unless stopped ones are asked for. */
export async function listTasks(input: ListTasksRequest, region: string, cloud: Cloud): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { containerInstance, desiredStatus = "RUNNING", family, serviceName, startedBy } = input;
    // "it must be the only filter that you use": API reference of ListTasks
    if (startedBy !== undefined && (containerInstance ?? family ?? serviceName) !== undefined) {
        throw invalid("startedBy cannot be combined with other filters.");
    }
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

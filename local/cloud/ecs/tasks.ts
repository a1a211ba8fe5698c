import type {
    CapacityProviderStrategyItem,
    DescribeTasksRequest,
    ListTasksRequest,
    RunTaskRequest,
    StartTaskRequest,
    StopTaskRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { activeCluster, describeCluster } from "./findCluster";
import { arnInCluster, shortName } from "./names";
import { page } from "./paging";
import { misfit, place } from "./placement";
import type { ClusterId, TaskRecord } from "./records";
import { describeTaskDefinition, resourcesOf } from "./taskDefinitions";
import { launch, occupied } from "./taskLaunch";
import type { NewTask } from "./taskLaunch";
import { stopTask } from "./taskLife";
import { taskView } from "./views";

export const runTask: Handler = async (call, cloud) => {
    const input = inputOf(call) as RunTaskRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const taskDefinition = await describeTaskDefinition(cloud, call.region, input.taskDefinition);
    const strategy =
        input.capacityProviderStrategy ?? (await defaultStrategy(cloud, cluster, input.launchType));
    const provider = strategy[0]?.capacityProvider;
    const fargate = input.launchType === "FARGATE" || provider?.startsWith("FARGATE") === true;
    const common = {
        ...describeNew(input, taskDefinition),
        ...(provider !== undefined && { capacityProviderName: provider }),
    };
    const tasks: TaskRecord[] = [];
    const failures: object[] = [];
    for (let count = input.count ?? 1; count > 0; count -= 1) {
        if (fargate) {
            tasks.push(launch(cloud, cluster, { ...common, launchType: "FARGATE" }));
            continue;
        }
        const hosts = occupied(cloud, cluster, provider);
        const needed = resourcesOf(taskDefinition);
        const host = place(hosts, needed);
        if (host !== undefined) {
            tasks.push(
                launch(cloud, cluster, { ...common, launchType: "EC2", containerInstanceArn: host.arn }),
            );
        } else if (hosts.length === 0) {
            throw new AwsError(
                "InvalidParameterException",
                "No Container Instances were found in your cluster.",
            );
        } else {
            failures.push(
                ...hosts.map((one) => ({ arn: one.host.arn, reason: misfit(one, needed) ?? "INACTIVE" })),
            );
        }
    }
    return jsonAnswer({ tasks: tasks.map((task) => taskView(task, true)), failures });
};

export const startTaskOn: Handler = async (call, cloud) => {
    const input = inputOf(call) as StartTaskRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const taskDefinition = await describeTaskDefinition(cloud, call.region, input.taskDefinition);
    const needed = resourcesOf(taskDefinition);
    const tasks: TaskRecord[] = [];
    const failures: object[] = [];
    for (const idOrArn of input.containerInstances ?? []) {
        const arn = arnInCluster(cluster, "container-instance", shortName(idOrArn));
        const host = cloud.ecs.containerInstances.get(arn);
        const reason =
            host === undefined ? "MISSING" : misfit({ host, tasks: cloud.ecs.tasksOn(arn) }, needed);
        if (reason === undefined) {
            const description = { ...describeNew(input, taskDefinition), containerInstanceArn: arn };
            tasks.push(launch(cloud, cluster, { ...description, launchType: "EC2" }));
        } else {
            failures.push({ arn, reason });
        }
    }
    return jsonAnswer({ tasks: tasks.map((task) => taskView(task, true)), failures });
};

export const stopOneTask: Handler = async (call, cloud) => {
    const input = inputOf(call) as StopTaskRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const task = cloud.ecs.tasks.get(arnInCluster(cluster, "task", shortName(input.task ?? "")));
    if (task === undefined) {
        throw new AwsError("InvalidParameterException", "The referenced task was not found.");
    }
    stopTask(cloud, task, input.reason ?? "Task stopped by user", "UserInitiated");
    return jsonAnswer({ task: taskView(task, true) });
};

export const describeTasks: Handler = async (call, cloud) => {
    const input = inputOf(call) as DescribeTasksRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    if (input.tasks === undefined || input.tasks.length === 0) {
        throw new AwsError("InvalidParameterException", "Tasks cannot be empty.");
    }
    const arns = input.tasks.map((idOrArn) => arnInCluster(cluster, "task", shortName(idOrArn)));
    const withTags = input.include?.includes("TAGS") === true;
    return jsonAnswer({
        tasks: arns.flatMap((arn) => {
            const task = cloud.ecs.tasks.get(arn);
            return task === undefined ? [] : [taskView(task, withTags)];
        }),
        failures: arns.filter((arn) => !cloud.ecs.tasks.has(arn)).map((arn) => ({ arn, reason: "MISSING" })),
    });
};

/** Lists tasks that are to run, unless stopped ones are asked for. */
export const listTasks: Handler = async (call, cloud) => {
    const input = inputOf(call) as ListTasksRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const arns = cloud.ecs
        .tasksOf(cluster.arn)
        .filter((task) => task.desiredStatus === (input.desiredStatus ?? "RUNNING"))
        .filter(
            (task) =>
                input.containerInstance === undefined ||
                shortName(task.containerInstanceArn ?? "") === shortName(input.containerInstance),
        )
        .filter(
            (task) =>
                input.serviceName === undefined || task.group === `service:${shortName(input.serviceName)}`,
        )
        .filter((task) => input.family === undefined || task.taskDefinition.family === input.family)
        .filter((task) => input.startedBy === undefined || task.startedBy === input.startedBy)
        .filter((task) => input.launchType === undefined || task.launchType === input.launchType)
        .map(({ arn }) => arn);
    const { items, nextToken } = page(arns, input);
    return jsonAnswer({ taskArns: items, nextToken });
};

function describeNew(
    input: RunTaskRequest | StartTaskRequest,
    taskDefinition: TaskRecord["taskDefinition"],
): Omit<NewTask, "launchType"> {
    return {
        taskDefinition,
        group: input.group ?? `family:${taskDefinition.family ?? ""}`,
        tags: input.tags ?? [],
        ...(input.startedBy !== undefined && { startedBy: input.startedBy }),
        ...(input.overrides !== undefined && { overrides: input.overrides }),
    };
}

async function defaultStrategy(
    cloud: Cloud,
    cluster: ClusterId,
    launchType: string | undefined,
): Promise<CapacityProviderStrategyItem[]> {
    if (launchType !== undefined) {
        return [];
    }
    return (await describeCluster(cloud, cluster.region, cluster.arn))?.defaultCapacityProviderStrategy ?? [];
}

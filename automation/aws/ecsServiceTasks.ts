import {
    DescribeTasksCommand,
    ExecuteCommandCommand,
    paginateListTasks,
    type ECSClient,
    type Task,
} from "@aws-sdk/client-ecs";

import { placeOf } from "../../components/model/location";
import type { ContainerSession, DeploymentService, ServiceTask } from "../ports/deploymentServices";
import { chunks, collect, unless } from "./collect";
import { noCluster } from "./ecsGone";
import type { AwsSession } from "./session";

// DescribeTasks takes 100 at once (Amazon ECS API reference).
const tasksPerCall = 100;

/** The tasks of a service, and commands in them. */
export function createServiceTasks(
    client: ECSClient,
    session: AwsSession,
): Pick<DeploymentService, "tasksOfService" | "executeCommand"> {
    return {
        tasksOfService: (cluster, service) =>
            unless([...noCluster, "ServiceNotFoundException"], [], () => tasksOf(client, cluster, service)),
        executeCommand: (...asked) => executeCommand(client, session, asked),
    };
}

/** `web:3` of its ARN. */
export function nameOf(arn = ""): string {
    return arn.split("/").at(-1) ?? arn;
}

async function tasksOf(
    client: ECSClient,
    cluster: string,
    serviceName: string,
): Promise<readonly ServiceTask[]> {
    const lists = await Promise.all(
        (["RUNNING", "STOPPED"] as const).map((desiredStatus) =>
            collect(
                paginateListTasks({ client }, { cluster, serviceName, desiredStatus }),
                (page) => page.taskArns,
            ),
        ),
    );
    const parts = await Promise.all(
        chunks([...new Set(lists.flat())], tasksPerCall).map(async (tasks) =>
            client.send(new DescribeTasksCommand({ cluster, tasks })),
        ),
    );
    return parts.flatMap(({ tasks = [] }) => tasks.map(toTask));
}

function toTask(task: Task): ServiceTask {
    return {
        arn: task.taskArn ?? "",
        taskDefinition: nameOf(task.taskDefinitionArn),
        lastStatus: task.lastStatus ?? "",
        desiredStatus: task.desiredStatus ?? "",
        startedBy: task.startedBy,
        containerInstanceArn: task.containerInstanceArn || undefined,
        stopCode: task.stopCode,
        stoppedReason: task.stoppedReason,
        stoppedAt: task.stoppedAt,
        containers: (task.containers ?? []).map(({ name = "", exitCode, reason, networkBindings = [] }) => ({
            name,
            exitCode,
            reason,
            bindings: networkBindings.map(({ bindIP = "0.0.0.0", hostPort = 0, containerPort = 0 }) => ({
                address: bindIP,
                hostPort,
                containerPort,
            })),
        })),
    };
}

/** The plugin's name of a container: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
async function executeCommand(
    client: ECSClient,
    session: AwsSession,
    [cluster, task, container, command]: Parameters<DeploymentService["executeCommand"]>,
): Promise<ContainerSession> {
    const [answer, described] = await Promise.all([
        client.send(new ExecuteCommandCommand({ cluster, task, container, command, interactive: true })),
        client.send(new DescribeTasksCommand({ cluster, tasks: [task] })),
    ]);
    const { sessionId = "", streamUrl = "", tokenValue = "" } = answer.session ?? {};
    const runtimeId =
        described.tasks?.[0]?.containers?.find(({ name }) => name === container)?.runtimeId ?? "";
    const region = await client.config.region();
    return {
        ...{ sessionId, streamUrl, tokenValue, region },
        target: `ecs:${cluster}_${task.split("/").at(-1) ?? task}_${runtimeId}`,
        endpoint: session.configuration("SSM").endpoint ?? `https://ssm.${region}.${placeOf(region).domain}`,
    };
}

import { AppError } from "../../errors";
import { formatSeconds } from "../../output/durations";
import type { Task } from "../../ports/aws";
import type { Aws } from "../../ports/awsServices";
import type { Clock } from "../../ports/io";
import type { DrainRequest } from "../contracts";
import { pollUntil } from "../poll";
import { shortId } from "../survey";

/**
 * Has ECS move the tasks of services off a host, and waits until they are gone. Where they do not go in time, or the
 * wait is interrupted, the host takes tasks again: nothing has been lost then.
 * @throws AppError TASKS_NOT_MOVED naming the tasks that stayed
 */
export async function drainHost(aws: Pick<Aws, "ecs">, clock: Clock, request: DrainRequest): Promise<void> {
    const { clusterName, step, timeoutSeconds } = request;
    const { containerInstance } = step.host;
    // Nobody moves tasks off a host whose agent is gone.
    if (containerInstance?.agentConnected !== true) {
        return;
    }
    await aws.ecs.drain(clusterName, [containerInstance.arn]);
    try {
        await waitUntilMoved(aws, clock, request, clock.now().getTime() + timeoutSeconds * 1000);
    } catch (error) {
        await aws.ecs.activate(clusterName, [containerInstance.arn]);
        throw error;
    }
}

async function waitUntilMoved(
    aws: Pick<Aws, "ecs">,
    clock: Clock,
    request: DrainRequest,
    deadline: number,
): Promise<void> {
    const { clusterName, step, progress, signal } = request;
    const groups = new Set(step.moving.map(({ group }) => group));
    const arn = step.host.containerInstance?.arn;
    let left: readonly Task[] = [];
    const isDrained = await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter(
            (task) => task.containerInstanceArn === arn && groups.has(task.group),
        );
        progress.status(left.map(describeTask));
        // What has no room elsewhere starts anew on the successor.
        return left.length <= step.homeless.length;
    });
    if (!isDrained) {
        throw notMoved(request, left);
    }
}

function notMoved({ environment, step, timeoutSeconds }: DrainRequest, left: readonly Task[]): AppError {
    return new AppError("TASKS_NOT_MOVED", {
        message: `${left.length} ${left.length === 1 ? "task has" : "tasks have"} not left host ${step.host.instanceId} within ${formatSeconds(timeoutSeconds)}; the host takes tasks again, and was not replaced`,
        details: left.map(describeTask),
        hint: `sles-ecs status ${environment}`,
    });
}

function describeTask(task: Task): string {
    return `task ${task.taskDefinition} of ${task.group.replace("service:", "service ")} (${shortId(task.arn)}): ${task.lastStatus}`;
}

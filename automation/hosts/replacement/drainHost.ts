import { AppError } from "../../errors/appError";
import { formatSeconds } from "../../output/durations";
import type { Task } from "../../ports/aws";
import type { Aws } from "../../ports/awsServices";
import type { Clock } from "../../ports/io";
import type { DrainRequest, ReopenRequest } from "../contracts";
import { pollUntil } from "../poll";
import { daemonTest, isServiceTask, serviceOf, servicesOf, shortId } from "../tasks";

const stopReason = "sles-ecs images update";

/**
 * Has ECS move the tasks of services off a host, waits until they are gone, and stops those of no service, which ECS
 * leaves running.
 * @throws AppError TASKS_NOT_MOVED naming the tasks that stayed
 */
export async function drainHost(aws: Pick<Aws, "ecs">, clock: Clock, request: DrainRequest): Promise<void> {
    const { clusterName, step, progress } = request;
    const { containerInstance } = step.host;
    // Nobody moves tasks off a host whose agent is gone.
    if (containerInstance?.agentConnected !== true) {
        return;
    }
    await aws.ecs.drain(clusterName, [containerInstance.arn]);
    await waitUntilMoved(aws, clock, request, containerInstance.arn);
    for (const task of step.ending) {
        await aws.ecs.stopTask(clusterName, task.arn, stopReason);
        progress.note(`task ${task.taskDefinition} (${shortId(task.arn)}): stopped`);
    }
}

/** After a failure: a host that nobody has replaced takes tasks again. */
export async function reopenHost(
    aws: Pick<Aws, "ecs">,
    { clusterName, host, progress }: ReopenRequest,
): Promise<void> {
    const registered = await aws.ecs.containerInstances(clusterName);
    const own = registered.find(({ instanceId }) => instanceId === host.instanceId);
    if (own?.status === "DRAINING") {
        await aws.ecs.activate(clusterName, [own.arn]);
        progress.note(`host ${host.instanceId} takes tasks again`);
    }
}

async function waitUntilMoved(
    aws: Pick<Aws, "ecs">,
    clock: Clock,
    request: DrainRequest,
    arn: string,
): Promise<void> {
    const { clusterName, step, progress, signal, timeoutSeconds } = request;
    const isDaemonTask = daemonTest(await aws.ecs.services(clusterName));
    let left: readonly Task[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const isDrained = await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter(
            (task) => task.containerInstanceArn === arn && isServiceTask(task) && !isDaemonTask(task),
        );
        progress.status(left.map(describeTask));
        // What has no room elsewhere starts anew on the successor.
        return left.length <= step.homeless.length;
    });
    if (!isDrained) {
        throw notMoved(request, left);
    }
}

function notMoved({ clusterName, step, timeoutSeconds }: DrainRequest, left: readonly Task[]): AppError {
    return new AppError("TASKS_NOT_MOVED", {
        message: `${left.length} ${left.length === 1 ? "task has" : "tasks have"} not left host ${step.host.instanceId} within ${formatSeconds(timeoutSeconds)}; it was not replaced, and its services say why they do not start elsewhere`,
        details: left.map(describeTask),
        hint: `aws ecs describe-services --cluster ${clusterName} --services ${servicesOf(left).join(" ")}`,
    });
}

function describeTask(task: Task): string {
    return `task ${task.taskDefinition} of service ${serviceOf(task)} (${shortId(task.arn)}): ${task.lastStatus}`;
}

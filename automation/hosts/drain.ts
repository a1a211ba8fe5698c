import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { ReplacementStep } from "./plan";
import { pollUntil } from "./poll";
import { daemonTest, isServiceTask, serviceOf, servicesOf, shortId } from "./tasks";

const stopReason = "sles-ecs images update";

/**
 * Has ECS move the tasks of services off a host, waits until they are gone, and stops those of no service, which ECS
 * leaves running. The host takes no tasks afterwards, whatever happens.
 * @throws AppError TASKS_NOT_MOVED (exit 5) naming the tasks that stayed
 */
export async function drainHost(
    target: Target,
    step: ReplacementStep,
    timeoutSeconds: number,
    progress: Progress,
): Promise<void> {
    const { clusterName, aws } = target;
    const { containerInstance } = step.host;
    // Nobody moves tasks off a host whose agent is gone.
    if (containerInstance?.agentConnected !== true) {
        return;
    }
    await aws.ecs.drain(clusterName, [containerInstance.arn]);
    const left = await waitUntilMoved(target, step, timeoutSeconds, progress);
    if (left.length > step.homeless.length) {
        throw notMoved(clusterName, step.host, timeoutSeconds, left);
    }
    for (const task of step.ending) {
        await aws.ecs.stopTask(clusterName, task.arn, stopReason);
        progress.note(`task ${task.taskDefinition} (${shortId(task.arn)}): stopped`);
    }
}

/** After a failure: a host that nobody has replaced takes tasks again. */
export async function reopenHost(
    { aws, clusterName }: Target,
    host: Host,
    progress: Pick<Progress, "note">,
): Promise<void> {
    const registered = await aws.ecs.containerInstances(clusterName);
    const own = registered.find(({ instanceId }) => instanceId === host.instanceId);
    if (own?.status === "DRAINING") {
        await aws.ecs.activate(clusterName, [own.arn]);
        progress.note(`host ${host.instanceId} takes tasks again`);
    }
}

/** @returns the tasks of services that are left on the host, once all have moved that can, or the time is over */
async function waitUntilMoved(
    { aws, clock, signal, clusterName }: Target,
    { host, homeless }: ReplacementStep,
    timeoutSeconds: number,
    progress: Progress,
): Promise<readonly Task[]> {
    const isDaemonTask = daemonTest(await aws.ecs.services(clusterName));
    let left: readonly Task[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter(
            (task) =>
                task.containerInstanceArn === host.containerInstance?.arn &&
                isServiceTask(task) &&
                !isDaemonTask(task),
        );
        progress.status(left.map(describeTask));
        // What has no room elsewhere starts anew on the successor.
        return left.length <= homeless.length;
    });
    return left;
}

function notMoved(
    clusterName: string,
    { instanceId }: Host,
    timeoutSeconds: number,
    left: readonly Task[],
): AppError {
    return new AppError("TASKS_NOT_MOVED", {
        message: `${left.length} ${left.length === 1 ? "task has" : "tasks have"} not left host ${instanceId} within ${formatSeconds(timeoutSeconds)}; it was not replaced, and its services say why they do not start elsewhere`,
        details: left.map(describeTask),
        hint: `aws ecs describe-services --cluster ${clusterName} --services ${servicesOf(left).join(" ")}`,
    });
}

function describeTask(task: Task): string {
    return `task ${task.taskDefinition} of service ${serviceOf(task)} (${shortId(task.arn)}): ${task.lastStatus}`;
}

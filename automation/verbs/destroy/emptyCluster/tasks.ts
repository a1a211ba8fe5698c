import type { ContainerInstance, Task } from "../../../ports/aws";
import type { Emptying } from "./emptying";
import { pauseUntilDeadline, type Blocker } from "./blockers";
import { isServiceTask, serviceOf, shortId } from "../../../hosts/tasks";

const stopReason = "sles-ecs destroy";

/** Stops what somebody started with RunTask or StartTask, and waits until no task is left. */
export async function stopStandaloneTasks(emptying: Emptying): Promise<void> {
    const { aws, request } = emptying;
    const tasks = (await aws.ecs.tasks(request.clusterName)).filter((task) => !isServiceTask(task));
    await stopTasks(emptying, tasks);
    await waitForTasks(emptying, () => true);
}

export async function stopTasks({ aws, request, removed }: Emptying, tasks: readonly Task[]): Promise<void> {
    for (const task of tasks.filter((one) => one.desiredStatus !== "STOPPED")) {
        await aws.ecs.stopTask(request.clusterName, task.arn, stopReason);
        request.progress.note(`task ${task.taskDefinition} (${shortId(task.arn)}): stopped`);
        removed.push({ type: "ecs:task", name: task.taskDefinition, id: task.arn });
    }
}

/**
 * Waits until the tasks that count have stopped. Those on a host whose agent is gone do not count: nobody can report
 * that they have stopped, and they end with their host.
 */
export async function waitForTasks(emptying: Emptying, counts: (task: Task) => boolean): Promise<void> {
    const { aws, request } = emptying;
    await pauseUntilDeadline(emptying, async () => {
        const tasks = (await aws.ecs.tasks(request.clusterName)).filter(counts);
        if (tasks.length === 0) {
            return [];
        }
        const hosts = await aws.ecs.containerInstances(request.clusterName);
        return tasks.flatMap((task) => blocker(task, hosts) ?? []);
    });
}

function blocker(task: Task, hosts: readonly ContainerInstance[]): Blocker | undefined {
    const host = hosts.find((one) => one.arn === task.containerInstanceArn);
    if (host?.agentConnected === false) {
        return undefined;
    }
    const owner = isServiceTask(task) ? ` of service ${serviceOf(task)}` : "";
    const place = host === undefined ? "" : ` on ${host.instanceId}`;
    return {
        name: `task ${task.taskDefinition}${owner} (${shortId(task.arn)})${place}`,
        state: task.lastStatus,
    };
}

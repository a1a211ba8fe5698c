import { stopTasks as askToStop } from "../hosts/leaving";
import { describeTask, isServiceTask } from "../hosts/tasks";
import type { ContainerInstance, Task } from "../ports/aws";
import { waitUntilUnblocked, type Blocker, type CleanUp } from "./cleanUp";

const stopReason = "sles-ecs destroy";

/** Stops what somebody started with RunTask or StartTask, and waits until no task is left. */
export async function stopStandaloneTasks(cleanUp: CleanUp): Promise<void> {
    const tasks = await cleanUp.aws.ecs.tasks(cleanUp.clusterName);
    await stopTasks(
        cleanUp,
        tasks.filter((task) => !isServiceTask(task)),
    );
    await waitForTasks(cleanUp, () => true);
}

/** Stops tasks that nobody has stopped yet. */
export async function stopTasks(cleanUp: CleanUp, tasks: readonly Task[]): Promise<void> {
    const running = tasks.filter((one) => one.desiredStatus !== "STOPPED");
    await askToStop(cleanUp, running, stopReason, cleanUp.progress, ({ taskDefinition, arn }) =>
        cleanUp.removed.push({ type: "ecs:task", name: taskDefinition, id: arn }),
    );
}

/**
 * Waits until the tasks that count have stopped. Those on a host whose agent is gone do not count: nobody can report
 * that they have stopped, and they end with their host.
 */
export async function waitForTasks(cleanUp: CleanUp, counts: (task: Task) => boolean): Promise<void> {
    const { aws, clusterName } = cleanUp;
    await waitUntilUnblocked(cleanUp, async () => {
        const tasks = (await aws.ecs.tasks(clusterName)).filter(counts);
        if (tasks.length === 0) {
            return [];
        }
        const hosts = await aws.ecs.containerInstances(clusterName);
        return tasks.flatMap((task) => blocker(task, hosts) ?? []);
    });
}

function blocker(task: Task, hosts: readonly ContainerInstance[]): Blocker | undefined {
    const host = hosts.find((one) => one.arn === task.containerInstanceArn);
    if (host?.agentConnected === false) {
        return undefined;
    }
    const place = host === undefined ? "" : ` on ${host.instanceId}`;
    return {
        name: `${describeTask(task)}${place}`,
        state: task.lastStatus,
    };
}

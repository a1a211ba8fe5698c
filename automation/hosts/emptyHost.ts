import { command } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { counted } from "../output/counted";
import { formatSeconds } from "../output/durations";
import type { ContainerInstance, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import { describeTask } from "./drain";
import { stopTasks } from "./leaving";
import { pollUntil } from "./poll";

export interface EmptyOptions {
    /** Why tasks are stopped, as ECS shows it. */
    readonly stopReason: string;
    readonly timeoutSeconds: number;
}

/**
 * Stops every task that is left on a host that drains, those of daemons among them, and waits until none is there: what still runs
 * when its agent leaves the cluster runs on for ever, and nobody knows of it.
 * @throws AppError HOST_NOT_RUNNING where its agent is not connected, so that nobody stops them; TASKS_NOT_MOVED (exit 5)
 */
export async function emptyHost(
    target: Target,
    { arn, instanceId, agentConnected }: ContainerInstance,
    { stopReason, timeoutSeconds }: EmptyOptions,
    progress: Progress,
): Promise<void> {
    const { aws, clock, signal, clusterName, environment } = target;
    const hint = command("hosts", "start-agent", environment, instanceId);
    const asked = new Set<string>();
    let left: readonly Task[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const isEmpty = await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter((task) => task.containerInstanceArn === arn);
        if (left.length > 0 && !agentConnected) {
            throw new AppError("HOST_NOT_RUNNING", {
                message: `the agent of host ${instanceId} is not connected to cluster ${clusterName}, so that nobody stops the ${counted(left.length, "task")} there; nothing was sent to it`,
                details: left.map(describeTask),
                hint,
            });
        }
        const running = left.filter((task) => task.desiredStatus !== "STOPPED" && !asked.has(task.arn));
        await stopTasks(target, running, stopReason, progress);
        running.forEach((task) => asked.add(task.arn));
        progress.status(left.map(describeTask));
        return left.length === 0;
    });
    if (!isEmpty) {
        throw new AppError("TASKS_NOT_MOVED", {
            message: `${counted(left.length, "task")} on host ${instanceId} did not stop within ${formatSeconds(timeoutSeconds)}; nothing was sent to it`,
            details: left.map(describeTask),
            hint: command("hosts", "logs", environment, instanceId),
        });
    }
}

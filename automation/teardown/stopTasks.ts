import { command } from "../../components/model/commandLine";
import type { EvidenceItem } from "../../components/model/evidence";
import { stopTasks as askToStop } from "../hosts/leaving";
import { pollUntil } from "../hosts/poll";
import { describeTask, isServiceTask } from "../hosts/tasks";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { ContainerInstance, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { DestroyTarget } from "./survey";

const stopReason = "sles-ecs destroy";

/** The clean-up of a cluster while it runs. */
export interface CleanUp extends DestroyTarget {
    readonly progress: Progress;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
    /** Moment in milliseconds at which waiting for tasks ends. */
    readonly deadline: number;
    /** What went, in the order in which it went. */
    readonly removed: EvidenceItem[];
}

/** Something that still keeps the cluster from being empty. */
export interface Blocker {
    readonly name: string;
    readonly state: string;
}

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

/**
 * Asks again and again until nothing blocks any more.
 * @throws AppError CLUSTER_NOT_EMPTY with every blocker by name when the time is over
 */
export async function waitUntilUnblocked(
    { clock, signal, progress, environment, clusterName, deadline, timeoutSeconds, again }: CleanUp,
    findBlockers: () => Promise<readonly Blocker[]>,
): Promise<void> {
    let blockers: readonly Blocker[] = [];
    const isEmpty = await pollUntil(clock, { deadline, signal }, async () => {
        blockers = await findBlockers();
        progress.status(blockers.map(line));
        return blockers.length === 0;
    });
    if (!isEmpty) {
        throw new AppError("CLUSTER_NOT_EMPTY", {
            message: `cluster ${clusterName} is not empty after ${formatSeconds(timeoutSeconds)}: ${blockers.length} ${blockers.length === 1 ? "thing keeps" : "things keep"} it`,
            details: blockers.map(line),
            hint: again ?? command("destroy", environment),
        });
    }
}

function line({ name, state }: Blocker): string {
    return `${name}: ${state}`;
}

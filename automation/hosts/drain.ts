import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { ReplacementStep } from "./plan";
import { stopTasks } from "./leaving";
import { pollUntil } from "./poll";
import { daemonTest, describeTask as nameOfTask, isServiceTask, serviceOf, servicesOf } from "./tasks";

export interface DrainOptions {
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
    /** Tasks that have not moved in that time stop with their host, and are no error. */
    readonly allowInterruption: boolean;
    /** @default - another image for the host */
    readonly purpose?: DrainPurpose;
}

/** What a host is drained for. */
export interface DrainPurpose {
    /** Why tasks of no service are stopped, as ECS shows it. */
    readonly stopReason: string;
    /** What was not done where tasks have stayed: `replaced`. */
    readonly done: string;
}

const forItsImage: DrainPurpose = { stopReason: "sles-ecs images update", done: "replaced" };

/**
 * Has ECS move the tasks of services off a host, waits until they are gone, and stops those of no service, which ECS
 * leaves running. The host takes no tasks afterwards, whatever happens.
 * @throws AppError TASKS_NOT_MOVED (exit 5) naming the tasks that stayed
 */
export async function drainHost(
    target: Target,
    step: ReplacementStep,
    { drainTimeoutSeconds, allowInterruption, purpose = forItsImage }: DrainOptions,
    progress: Progress,
): Promise<void> {
    const { clusterName, aws } = target;
    const { containerInstance } = step.host;
    // Nobody moves tasks off a host whose agent is gone.
    if (containerInstance?.agentConnected !== true) {
        return;
    }
    await aws.ecs.drain(clusterName, [containerInstance.arn]);
    const left = await waitUntilMoved(
        target,
        containerInstance.arn,
        { timeoutSeconds: drainTimeoutSeconds, isOver: (tasks) => isOver(step, tasks) },
        progress,
    );
    if (!isOver(step, left)) {
        if (!allowInterruption) {
            throw notMoved(clusterName, step.host, { drainTimeoutSeconds, purpose }, left);
        }
        left.forEach((task) =>
            progress.note(
                `${describeTask(task)} after ${formatSeconds(drainTimeoutSeconds)}, and stops with host ${step.host.instanceId}`,
            ),
        );
    }
    await stopTasks(target, step.ending, purpose.stopReason, progress);
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

/**
 * Waits until ECS has moved the tasks of services off a host that drains; those of daemons have nowhere to go.
 * @param isOver whether these are as few as can be
 * @param describe what is shown of each that is left
 * @returns the tasks that are left, once it is over or the time is
 */
export async function waitUntilMoved(
    { aws, clock, signal, clusterName }: Target,
    containerInstanceArn: string,
    wait: {
        readonly timeoutSeconds: number;
        readonly isOver: (left: readonly Task[]) => boolean;
        readonly describe?: (task: Task) => string;
    },
    progress: Progress,
): Promise<readonly Task[]> {
    const isDaemonTask = daemonTest(await aws.ecs.services(clusterName));
    let left: readonly Task[] = [];
    const deadline = clock.now().getTime() + wait.timeoutSeconds * 1000;
    await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter(
            (task) =>
                task.containerInstanceArn === containerInstanceArn &&
                isServiceTask(task) &&
                !isDaemonTask(task),
        );
        progress.status(left.map(wait.describe ?? describeTask));
        return wait.isOver(left);
    });
    return left;
}

/** Whether only as many tasks of each service are left as cannot move: those start anew when the host is gone. */
function isOver({ homeless }: ReplacementStep, left: readonly Task[]): boolean {
    const staying = homeless.map(({ task }) => task);
    const of = (tasks: readonly Task[], service: string): number =>
        tasks.filter((task) => serviceOf(task) === service).length;
    return servicesOf(left).every((service) => of(left, service) <= of(staying, service));
}

function notMoved(
    clusterName: string,
    { instanceId }: Host,
    {
        drainTimeoutSeconds,
        purpose,
    }: { readonly drainTimeoutSeconds: number; readonly purpose: DrainPurpose },
    left: readonly Task[],
): AppError {
    return new AppError("TASKS_NOT_MOVED", {
        message: `${left.length} ${left.length === 1 ? "task has" : "tasks have"} not left host ${instanceId} within ${formatSeconds(drainTimeoutSeconds)}; it was not ${purpose.done}, and its services say why they do not start elsewhere`,
        details: left.map(describeTask),
        hint: `aws ecs describe-services --cluster ${clusterName} --services ${servicesOf(left).join(" ")}`,
    });
}

export function describeTask(task: Task): string {
    return `${nameOfTask(task)}: ${task.lastStatus}`;
}

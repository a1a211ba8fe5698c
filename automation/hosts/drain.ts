import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import { isGone } from "./find";
import type { ReplacementStep } from "./plan";
import { stopTasks } from "./leaving";
import { pollUntil } from "./poll";
import { letTakeTasks } from "./startStop";
import { daemonTest, describeTask as nameOfTask, isServiceTask, serviceOf, servicesOf } from "./tasks";

export interface DrainOptions {
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
    /** Tasks that have not moved in that time stop with their host, and are no error. */
    readonly allowInterruption: boolean;
    /** @default - another host takes its place */
    readonly purpose?: DrainPurpose;
}

/** What hosts are drained for. */
export interface DrainPurpose {
    /** Why tasks of no service are stopped, as ECS shows it. */
    readonly stopReason: string;
    /** What was not done where tasks have stayed: `replaced`. */
    readonly done: string;
}

const forSuccessors: DrainPurpose = {
    stopReason: "sles-ecs: another host takes the place of this one",
    done: "replaced",
};

/**
 * Has ECS move the tasks of services off hosts, waits until they are gone, and stops those of no service, which ECS
 * leaves running. The hosts take no tasks afterwards, whatever happens.
 * @throws AppError TASKS_NOT_MOVED (exit 5) naming the tasks that stayed
 */
export async function drainHosts(
    target: Target,
    all: readonly ReplacementStep[],
    { drainTimeoutSeconds, allowInterruption, purpose = forSuccessors }: DrainOptions,
    progress: Progress,
): Promise<void> {
    const { clusterName, aws } = target;
    // Nobody moves tasks off a host whose agent is gone.
    const steps = all.filter(({ host }) => host.containerInstance?.agentConnected === true);
    if (steps.length === 0) {
        return;
    }
    await aws.ecs.drain(
        clusterName,
        steps.flatMap(({ host }) => host.containerInstance?.arn ?? []),
    );
    const leaving = steps.map((step) => ({
        host: step.host,
        isOver: (left: readonly Task[]) => isOver(step, left),
    }));
    const wait = { timeoutSeconds: drainTimeoutSeconds };
    for (const { host, left } of await waitUntilMoved(target, leaving, wait, progress)) {
        if (!allowInterruption) {
            throw notMoved(clusterName, host, { drainTimeoutSeconds, purpose }, left);
        }
        left.forEach((task) =>
            progress.note(
                `${describeTask(task)} after ${formatSeconds(drainTimeoutSeconds)}, and stops with host ${host.instanceId}`,
            ),
        );
    }
    await stopTasks(
        target,
        steps.flatMap(({ ending }) => ending),
        purpose.stopReason,
        progress,
    );
}

/**
 * After a failure: hosts that were drained for what failed take tasks again. Those that are gone do not, nor those that
 * somebody had drained before.
 * @param hosts as they were before they were drained
 */
export async function reopenHosts(
    target: Target,
    hosts: readonly Host[],
    progress: Pick<Progress, "note">,
): Promise<void> {
    const ids = hosts
        .filter(({ containerInstance }) => containerInstance?.status !== "DRAINING")
        .map(({ instanceId }) => instanceId);
    if (ids.length === 0) {
        return;
    }
    const gone = (await target.aws.ec2.instancesById(ids)).filter(isGone).map(({ instanceId }) => instanceId);
    const drained = await letTakeTasks(
        target,
        ids.filter((id) => !gone.includes(id)),
    );
    drained.forEach((id) => progress.note(`host ${id} takes tasks again`));
}

interface WaitForTasks {
    readonly timeoutSeconds: number;
    readonly describe?: (task: Task) => string;
}

/** A host that ECS moves tasks off. */
interface Leaving {
    readonly host: Host;
    /** Whether those that are left are as few as can be. */
    readonly isOver: (left: readonly Task[]) => boolean;
}

/** Tasks of services that are left on a host, and that should have moved. */
interface Staying {
    readonly host: Host;
    readonly left: readonly Task[];
}

/**
 * Waits until ECS has moved the tasks of services off hosts that drain; those of daemons have nowhere to go.
 * @param wait.describe what is shown of each that is left
 * @returns hosts that tasks are left on when the time is over; none once all have moved that can
 */
export async function waitUntilMoved(
    { aws, clock, signal, clusterName }: Target,
    hosts: readonly Leaving[],
    { timeoutSeconds, describe = describeTask }: WaitForTasks,
    progress: Progress,
): Promise<readonly Staying[]> {
    const isDaemonTask = daemonTest(await aws.ecs.services(clusterName));
    let staying: readonly Staying[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await pollUntil(clock, { deadline, signal }, async () => {
        const moving = (await aws.ecs.tasks(clusterName)).filter(
            (task) => isServiceTask(task) && !isDaemonTask(task),
        );
        staying = hosts
            .map((one) => ({ ...one, left: moving.filter((task) => isOn(one.host, task)) }))
            .filter((one) => !one.isOver(one.left));
        progress.status(staying.flatMap(({ left }) => left.map(describe)));
        return staying.length === 0;
    });
    return staying;
}

function isOn({ containerInstance }: Host, task: Task): boolean {
    return task.containerInstanceArn === containerInstance?.arn;
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

import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import type { Host, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { ReplacementStep } from "./plan";
import { stopTasks } from "./leaving";
import { pollUntil } from "./poll";
import { daemonTest, isServiceTask, serviceOf, servicesOf, shortId } from "./tasks";

export interface DrainOptions {
    /** For the tasks of a host to move. */
    readonly drainTimeoutSeconds: number;
    /** Tasks that have not moved in that time stop with their host, and are no error. */
    readonly allowInterruption: boolean;
}

const stopReason = "sles-ecs: another host takes the place of this one";

/**
 * Has ECS move the tasks of services off hosts, waits until they are gone, and stops those of no service, which ECS
 * leaves running. The hosts take no tasks afterwards, whatever happens.
 * @throws AppError TASKS_NOT_MOVED (exit 5) naming the tasks that stayed
 */
export async function drainHosts(
    target: Target,
    all: readonly ReplacementStep[],
    { drainTimeoutSeconds, allowInterruption }: DrainOptions,
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
    for (const { host, left } of await waitUntilMoved(target, steps, drainTimeoutSeconds, progress)) {
        if (!allowInterruption) {
            throw notMoved(clusterName, host, drainTimeoutSeconds, left);
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
        stopReason,
        progress,
    );
}

/** After a failure: hosts that nobody has replaced take tasks again. */
export async function reopenHosts(
    { aws, clusterName }: Target,
    hosts: readonly Host[],
    progress: Pick<Progress, "note">,
): Promise<void> {
    const ids = hosts.map(({ instanceId }) => instanceId);
    const registered = await aws.ecs.containerInstances(clusterName);
    const drained = registered.filter(
        ({ instanceId, status }) => ids.includes(instanceId) && status === "DRAINING",
    );
    if (drained.length > 0) {
        await aws.ecs.activate(
            clusterName,
            drained.map(({ arn }) => arn),
        );
        drained.forEach(({ instanceId }) => progress.note(`host ${instanceId} takes tasks again`));
    }
}

/** Tasks of services that are left on a host, and that should have moved. */
interface Staying {
    readonly host: Host;
    readonly left: readonly Task[];
}

/** @returns hosts that tasks are left on when the time is over; none once all have moved that can */
async function waitUntilMoved(
    { aws, clock, signal, clusterName }: Target,
    steps: readonly ReplacementStep[],
    timeoutSeconds: number,
    progress: Progress,
): Promise<readonly Staying[]> {
    const isDaemonTask = daemonTest(await aws.ecs.services(clusterName));
    let staying: readonly Staying[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    await pollUntil(clock, { deadline, signal }, async () => {
        const moving = (await aws.ecs.tasks(clusterName)).filter(
            (task) => isServiceTask(task) && !isDaemonTask(task),
        );
        staying = steps
            .map((step) => ({ step, host: step.host, left: moving.filter((task) => isOn(step.host, task)) }))
            .filter(({ step, left }) => !isOver(step, left));
        progress.status(staying.flatMap(({ left }) => left.map(describeTask)));
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

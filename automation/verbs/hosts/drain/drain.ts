import { command, line } from "../../../../components/model/commandLine";
import { withProgress } from "../../../environment/progressPhases";
import { AppError } from "../../../errors/appError";
import { nameOfHost } from "../../../hosts/describeHost";
import { describeTasksOf } from "../../../hosts/describeTasks";
import { describeTask, waitUntilMoved } from "../../../hosts/drain";
import type { ReplacementStep } from "../../../hosts/plan";
import { readDeparture } from "../../../hosts/readPlan";
import { requireConnected } from "../../../hosts/requireHost";
import { describeTask as nameOfTask, isServiceTask, servicesOf } from "../../../hosts/tasks";
import { counted } from "../../../output/counted";
import { formatSeconds, secondsBetween } from "../../../output/durations";
import type { ContainerInstance, Host, Task } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { Progress } from "../../../ports/io";
import { onHost, type HostsTarget, type OneHost } from "../onHosts";

export interface DrainRequest extends OneHost {
    readonly deadlineSeconds: number;
}

export interface DrainResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly instanceId: string;
    /** Tasks that stay on the host: those of daemons, and those that belong to no service. */
    readonly staying: readonly Pick<Task, "arn" | "taskDefinition" | "group">[];
    readonly seconds: number;
}

/**
 * Drains one host, and waits until no task is left on it that ECS moves. Idempotent.
 * @throws AppError HOST_NOT_RUNNING, HOST_LENT or LOCKED before anything is changed; HOST_NOT_DRAINED (exit 5) when the deadline
 * has passed, INTERRUPTED after Ctrl-C: both leave the host DRAINING
 */
export async function drain(request: DrainRequest, context: Context): Promise<DrainResult> {
    const startedAt = context.clock.now();
    return onHost("hosts drain", request, context, async (target, host) => {
        const registered = await requireConnected(target, host);
        await withProgress(context, (progress) => drainOne(target, host, registered, request, progress));
        const { aws, clusterName, environment } = target;
        const tasks = await aws.ecs.tasks(clusterName);
        return {
            environment,
            clusterName,
            instanceId: host.instanceId,
            staying: tasks
                .filter(({ containerInstanceArn }) => containerInstanceArn === registered.arn)
                .map(({ arn, taskDefinition, group }) => ({ arn, taskDefinition, group })),
            seconds: secondsBetween(startedAt, context.clock.now()),
        };
    });
}

async function drainOne(
    target: HostsTarget,
    host: Host,
    registered: ContainerInstance,
    { deadlineSeconds }: DrainRequest,
    progress: Progress,
): Promise<void> {
    const { aws, clusterName, signal } = target;
    progress.phase("looking at its tasks");
    const step = await readDeparture(target, host.instanceId);
    (step === undefined ? [] : describeTasksOf(step, "drained")).forEach((one) => progress.note(one));
    progress.phase("checking lock and passphrase");
    await target.stack.requireWorkable("hosts drain", progress);
    signal.throwIfAborted();
    progress.phase(`draining host ${nameOfHost(host)}`);
    await aws.ecs.drain(clusterName, [registered.arn]);
    const keeping = reasonsIn(step);
    let left: readonly Task[] = [];
    try {
        const isOver = (tasks: readonly Task[]): boolean => {
            left = tasks;
            return tasks.length === 0;
        };
        const wait = {
            timeoutSeconds: deadlineSeconds,
            describe: (task: Task) => withReason(task, keeping),
        };
        await waitUntilMoved(
            target,
            [{ host: { ...host, containerInstance: registered }, isOver }],
            wait,
            progress,
        );
    } catch (error) {
        throw signal.aborted ? interrupted(target, host, left, error) : error;
    }
    if (left.length > 0) {
        throw await notDrained(target, host, left, deadlineSeconds);
    }
}

/** What keeps tasks on the host, by their ARNs. */
function reasonsIn(step: ReplacementStep | undefined): ReadonlyMap<string, string> {
    return new Map(step?.homeless.map(({ task, why }) => [task.arn, why]));
}

function withReason(task: Task, reasons: ReadonlyMap<string, string>): string {
    const why = reasons.get(task.arn);
    return why === undefined ? describeTask(task) : `${describeTask(task)}, ${why}`;
}

/** What was in the way at first may have changed since. */
async function notDrained(
    target: HostsTarget,
    host: Host,
    left: readonly Task[],
    deadlineSeconds: number,
): Promise<AppError> {
    const { clusterName, environment } = target;
    const now = await readDeparture(target, host.instanceId);
    const reasons = reasonsIn(now);
    const services = servicesOf(left).join(" ");
    return new AppError("HOST_NOT_DRAINED", {
        message: `${counted(left.length, "task")} ${left.length === 1 ? "has" : "have"} not left host ${nameOfHost(host)} within ${formatSeconds(deadlineSeconds)}; it stays DRAINING`,
        details: [
            ...left.map((task) => withReason(task, reasons)),
            ...(now?.ending ?? []).map((task) => `${nameOfTask(task)} is of no service, and nobody moves it`),
            `what ECS says: aws ecs describe-services --cluster ${clusterName} --services ${services}`,
        ],
        hint: line`make room and run the same command again, or let it take tasks: ${command("hosts", "activate", environment, host.instanceId)}`,
    });
}

function interrupted(
    { environment }: HostsTarget,
    host: Host,
    left: readonly Task[],
    cause: unknown,
): AppError {
    const tasks = left.filter(isServiceTask).length;
    const going = tasks === 0 ? "" : `, and ECS goes on moving ${counted(tasks, "task")} off it`;
    return new AppError("INTERRUPTED", {
        message: `interrupted: host ${nameOfHost(host)} stays DRAINING${going}`,
        hint: line`to wait again: ${command("hosts", "drain", environment, host.instanceId)}; to let it take tasks: ${command("hosts", "activate", environment, host.instanceId)}`,
        cause,
    });
}

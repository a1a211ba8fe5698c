import { command, line, type CommandLine } from "../../components/model/commandLine";
import { explainStop } from "../../components/model/services/stopReasons";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import { pollUntil } from "../hosts/poll";
import { shortId } from "../hosts/tasks";
import { formatSeconds } from "../output/durations";
import type { Deployment, ServiceProgress, ServiceTask } from "../ports/deploymentServices";
import type { Progress } from "../ports/io";
import { primaryOf } from "./deployments";
import { needsOf, roomLeft, whyNoHost } from "./whyNot";

export interface SteadyWait {
    readonly service: string;
    readonly count: number;
    readonly timeoutSeconds: number;
    /** Id of the deployment that is waited for. @default - whichever is the newest, and none is known to be replaced */
    readonly deploymentId?: string;
    /** Whether that one was read already, and not only answered: ECS's reads may be behind what was changed. */
    readonly wasRead: boolean;
    /** What goes on waiting. */
    readonly again: CommandLine;
}

type Waiting = Pick<Target, "aws" | "clusterName" | "environment" | "clock" | "signal">;

/**
 * Waits until a service has as many tasks as it wants, all of its newest deployment; tells events and what is in the way as it goes.
 * @throws AppError SERVICE_FAILED where ECS has given the deployment up; SERVICE_NOT_STEADY (exit 5) when the time is over
 */
export async function waitUntilSteady(target: Waiting, wait: SteadyWait, progress: Progress): Promise<void> {
    const { aws, clusterName, clock, signal } = target;
    const first = await aws.ecs.serviceProgress(clusterName, wait.service);
    const { deploymentId: watched } = wait;
    let wasRead = wait.wasRead;
    const told = new Set(first?.events.map(({ id }) => id));
    let last = first;
    const deadline = clock.now().getTime() + wait.timeoutSeconds * 1000;
    const isSteady = await pollUntil(clock, { deadline, signal }, async () => {
        last = await aws.ecs.serviceProgress(clusterName, wait.service);
        const fresh = (last?.events ?? []).filter(({ id }) => !told.has(id));
        for (const event of [...fresh].reverse()) {
            told.add(event.id);
            progress.note(wordsOf(event.message));
        }
        wasRead ||= last?.deployments.some(({ id }) => id === watched) === true;
        await requireAlive(target, { ...wait, wasRead }, last);
        const primary = primaryOf(last);
        progress.status([
            ...deploymentLines(last),
            ...(primary === undefined || isUnderWay(primary) ? await hindrances(target, primary) : []),
        ]);
        return isDone(last, wait);
    });
    if (!isSteady) {
        throw await notSteady(target, wait, last);
    }
}

function isUnderWay({ running, desired }: Deployment): boolean {
    return running < desired;
}

function isDone(
    progress: ServiceProgress | undefined,
    { count, deploymentId }: Pick<SteadyWait, "count" | "deploymentId">,
): boolean {
    const primary = primaryOf(progress);
    return (
        primary !== undefined &&
        (deploymentId === undefined || primary.id === deploymentId) &&
        progress?.deployments.length === 1 &&
        primary.rolloutState === "COMPLETED" &&
        primary.running === count &&
        primary.desired === count
    );
}

/** `(service web) has started 1 tasks` as ECS words it, without its parentheses. */
function wordsOf(message: string): string {
    return message.replace(/^\((service [^)]*)\)/, "$1");
}

function deploymentLines(progress: ServiceProgress | undefined): readonly string[] {
    return (progress?.deployments ?? []).map(
        ({ taskDefinition, running, desired, pending, failedTasks }) =>
            `${taskDefinition}: ${running} of ${desired} tasks run${pending === 0 ? "" : `, ${pending} on their way`}${failedTasks === 0 ? "" : `, ${failedTasks} failed`}`,
    );
}

/** What keeps the tasks of a deployment from a host; nothing where they are on their way. */
async function hindrances(target: Waiting, primary: Deployment | undefined): Promise<readonly string[]> {
    if (primary === undefined || primary.running + primary.pending >= primary.desired) {
        return [];
    }
    const registered = await target.aws.ecs.registered(primary.taskDefinition);
    return registered === undefined ? [] : whyNoHost(target, needsOf(registered));
}

/** ECS ends a deployment whose tasks fail, and goes back to the one before; the first one of a service just ends. */
async function requireAlive(
    target: Waiting,
    { service, deploymentId: watched, wasRead, again }: SteadyWait,
    progress: ServiceProgress | undefined,
): Promise<void> {
    const primary = primaryOf(progress);
    const own = watched === undefined ? primary : progress?.deployments.find(({ id }) => id === watched);
    const isReplaced = watched !== undefined && wasRead && own === undefined && primary !== undefined;
    if (!isReplaced && own?.rolloutState !== "FAILED") {
        return;
    }
    const tasks = await target.aws.ecs.tasksOfService(target.clusterName, service);
    const back =
        primary === undefined || primary.id === own?.id
            ? "there was nothing before to go back to"
            : `ECS went back to ${primary.taskDefinition}`;
    const stopped = ofDeployment(tasks, watched ?? own?.id).filter(
        ({ lastStatus }) => lastStatus === "STOPPED",
    );
    // What has never run has no logs.
    const hasRun = stopped.length === 0 || stopped.some(({ stopCode }) => stopCode !== "TaskFailedToStart");
    throw new AppError("SERVICE_FAILED", {
        message: `the deployment of service ${service} failed, and ${back}`,
        details: stopLines(stopped),
        hint: hasRun
            ? command("service", "logs", target.environment, service)
            : line`once that is mended, ${again}`,
    });
}

function ofDeployment(tasks: readonly ServiceTask[], id: string | undefined): readonly ServiceTask[] {
    const own = tasks.filter(({ startedBy }) => startedBy === id);
    return own.length === 0 ? tasks : own;
}

/** As many as people read. */
const mostLines = 5;

/** Why tasks have stopped: each reason once, with how many tasks stopped for it. */
function stopLines(tasks: readonly ServiceTask[]): readonly string[] {
    const reasons = new Map<string, string[]>();
    for (const task of tasks.filter(
        ({ lastStatus, stopCode }) => lastStatus === "STOPPED" && stopCode !== "ServiceSchedulerInitiated",
    )) {
        const why = explainStop(task);
        reasons.set(why, [...(reasons.get(why) ?? []), shortId(task.arn)]);
    }
    return [...reasons]
        .slice(0, mostLines)
        .map(([why, ids]) => `${ids.length === 1 ? `task ${ids[0] ?? ""}` : `${ids.length} tasks`}: ${why}`);
}

async function notSteady(
    target: Waiting,
    { service, count, timeoutSeconds, again }: SteadyWait,
    progress: ServiceProgress | undefined,
): Promise<AppError> {
    const { aws, clusterName } = target;
    const primary = primaryOf(progress);
    const [registered, tasks] = await Promise.all([
        primary === undefined ? undefined : aws.ecs.registered(primary.taskDefinition),
        aws.ecs.tasksOfService(clusterName, service),
    ]);
    const needs = registered && needsOf(registered);
    const why = needs === undefined ? [] : await whyNoHost(target, needs);
    const running = primary?.running ?? 0;
    const room = needs === undefined || why.length === 0 ? undefined : await roomLeft(target, needs);
    return new AppError("SERVICE_NOT_STEADY", {
        message: `service ${service} has ${running} of ${count} tasks after ${formatSeconds(timeoutSeconds)}${why.length === 0 ? "" : ": no host has room for one more"}`,
        details: [
            ...why,
            ...(room === 0 && running > 0 ? [`as it is, ${running} of its tasks fit on the hosts`] : []),
            ...stopLines(tasks),
        ],
        hint: again,
    });
}

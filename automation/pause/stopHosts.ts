import { command } from "../../components/model/commandLine";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { isGone } from "../hosts/find";
import { deregisterSilentHosts, drainActive, dropScaleInProtection, stopTasks } from "../hosts/leaving";
import { pollUntil } from "../hosts/poll";
import { untilHosts } from "../hosts/startStop";
import { daemonTest, describeTask, serviceOf } from "../hosts/tasks";
import { formatSeconds } from "../output/durations";
import type { Host, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import { runningHosts, runsOn, type PauseSurvey } from "./survey";

const stopReason = "sles-ecs pause";

/** How long tasks may take to stop. */
interface Patience {
    readonly timeoutSeconds: number;
}

/**
 * Ends what runs on the hosts: no new tasks come, those of services stop or move, and those of no service are stopped. Hosts of
 * a group are drained by ECS itself as they go.
 * @throws AppError CLUSTER_NOT_EMPTY naming the tasks that did not stop in time
 */
export async function emptyHosts(
    target: OpenTarget,
    survey: PauseSurvey,
    { timeoutSeconds }: Patience,
    progress: Progress,
): Promise<void> {
    const { aws, clusterName, clock, signal } = target;
    const agents = survey.hosts.flatMap(({ containerInstance }) => containerInstance ?? []);
    if (survey.group === undefined) {
        await drainActive(target, agents, progress);
    }
    const running = survey.standaloneTasks.filter(({ desiredStatus }) => desiredStatus !== "STOPPED");
    await stopTasks(target, running, stopReason, progress);
    // A host stops in good order, and with it a task that is on every host.
    const isDaemonTask = daemonTest(survey.services);
    // Nobody can report that a task has stopped whose agent is gone.
    const isSilent = ({ containerInstance }: Host): boolean => containerInstance?.agentConnected !== true;
    const silent = survey.hosts.filter(isSilent);
    const express = new Set(survey.services.filter(({ isExpress }) => isExpress).map(({ name }) => name));
    const counts = (task: Task): boolean =>
        !isDaemonTask(task) &&
        !express.has(serviceOf(task)) &&
        !runsOn(task, silent) &&
        (survey.isOwn || runsOn(task, survey.hosts));
    let left: readonly Task[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const isEmpty = await pollUntil(clock, { deadline, signal }, async () => {
        left = (await aws.ecs.tasks(clusterName)).filter(counts);
        progress.status(left.map(taskState));
        return left.length === 0;
    });
    if (!isEmpty) {
        throw new AppError("CLUSTER_NOT_EMPTY", {
            message: `${target.environment} is half paused: ${left.length} ${left.length === 1 ? "task has" : "tasks have"} not stopped within ${formatSeconds(timeoutSeconds)}, and its hosts run on`,
            details: left.map(taskState),
            hint: command("pause", target.environment),
        });
    }
}

function taskState(task: Task): string {
    return `${describeTask(task)}: ${task.lastStatus}`;
}

/**
 * Stops fixed hosts, whose volumes and registrations stay, or takes a group to zero, whose hosts are terminated.
 * Source of what ECS makes of a host that stands still:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-versions.html#container-lifecycle
 * @throws AppError HOSTS_NOT_STOPPED naming those that still run
 */
export async function stopHosts(target: OpenTarget, survey: PauseSurvey, progress: Progress): Promise<void> {
    const { aws } = target;
    const { group } = survey;
    if (group !== undefined) {
        return emptyGroup(target, survey, group, progress);
    }
    const ids = runningHosts(survey).map(({ instanceId }) => instanceId);
    const all = survey.hosts.map(({ instanceId }) => instanceId);
    if (ids.length > 0) {
        // EC2 stops none that is still starting.
        await untilHosts(target, ids, ({ state }) => state !== "pending");
        await aws.ec2.stop(ids);
        progress.note(`stopping ${ids.join(", ")}`);
    }
    await requireAll(target, all, ({ state }) => state === "stopped", progress);
}

async function emptyGroup(
    target: OpenTarget,
    { hosts }: PauseSurvey,
    group: NonNullable<PauseSurvey["group"]>,
    progress: Progress,
): Promise<void> {
    const { name } = group;
    await dropScaleInProtection(target, group, progress);
    if (group.max > 0) {
        await target.aws.autoScaling.resize(name, { min: 0, max: 0, desired: 0 });
        progress.note(`group ${name}: taken to zero`);
    }
    const ids = hosts.map(({ instanceId }) => instanceId);
    await requireAll(target, ids, isGone, progress);
    await deregisterSilentHosts(target, ({ instanceId }) => ids.includes(instanceId), progress);
}

async function requireAll(
    target: OpenTarget,
    ids: readonly string[],
    isSo: (host: Pick<Host, "state">) => boolean,
    progress: Pick<Progress, "status">,
): Promise<void> {
    let left: readonly string[] = [];
    const areSo = await untilHosts(target, ids, isSo, (others) => {
        left = others.map(({ instanceId, state }) => `${instanceId}: ${state}`);
        progress.status(left);
    });
    if (!areSo) {
        throw new AppError("HOSTS_NOT_STOPPED", {
            message: `${target.environment} is half paused: its tasks have stopped, and of its hosts ${left.length} ${left.length === 1 ? "runs" : "run"} on`,
            details: left,
            hint: command("pause", target.environment),
        });
    }
}

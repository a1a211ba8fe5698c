import { command, type CommandLine } from "../../components/model/commandLine";
import { tagKeys } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { isOff } from "../hosts/find";
import { pollUntil } from "../hosts/poll";
import { letTakeTasks, startHosts } from "../hosts/startStop";
import { formatSeconds } from "../output/durations";
import type { Service } from "../ports/aws";
import type { Progress } from "../ports/io";
import { forgetServices, giveBack, type PausedService } from "./services";
import { surveyPause, switchHours, type PauseSurvey } from "./survey";

/** Whether a pause has left nothing to be undone. */
export function isUndone({ pause, hosts, group, services, isOwn, scheduleGroups }: PauseSurvey): boolean {
    return (
        pause === "none" &&
        // Nothing tells there whether its hours were switched off.
        (isOwn || scheduleGroups.length === 0) &&
        group?.max !== 0 &&
        services.every(({ tags }) => !(tagKeys.pausedCount in tags)) &&
        hosts.every((host) => !isOff(host) && host.containerInstance?.status !== "DRAINING")
    );
}

/**
 * What goes on where the hosts did not become ready in time. While tags still tell of the pause that is `resume`, which has
 * the services left to do; without them nothing would be left for it, and `wait` waits.
 */
export function nextAfterWaking(
    { environment }: Pick<OpenTarget, "environment">,
    { pause, services }: Pick<PauseSurvey, "pause" | "services">,
): CommandLine {
    const isRemembered = pause !== "none" || services.some(({ tags }) => tagKeys.pausedCount in tags);
    return command(isRemembered ? "resume" : "wait", environment);
}

/**
 * Lets the hosts run again: fixed ones start and take tasks, a group gets its sizes back.
 * @returns how many hosts are to become ready; undefined where nobody knows the sizes of the group
 */
export async function wakeHosts(
    target: OpenTarget,
    survey: PauseSurvey,
    progress: Progress,
): Promise<number | undefined> {
    const { hosts, group, pause } = survey;
    await switchHours(target, survey, "ENABLED");
    if (group === undefined) {
        const still = hosts.filter(isOff).map(({ instanceId }) => instanceId);
        if (still.length > 0) {
            await startHosts(target, still, progress);
        }
        await letTakeTasks(
            target,
            hosts.map(({ instanceId }) => instanceId),
        );
        return hosts.length;
    }
    if (group.max > 0) {
        return group.desired;
    }
    const sizes = typeof pause === "object" ? pause.group : undefined;
    if (sizes === undefined) {
        return undefined;
    }
    await target.aws.autoScaling.resize(group.name, sizes);
    progress.note(`group ${group.name}: ${sizes.min} to ${sizes.max} hosts, ${sizes.desired} for now`);
    return sizes.desired;
}

/**
 * Gives the services back what they had, once there are hosts, and takes off the tags that kept it.
 * @param timeoutSeconds for the tasks to run; undefined for no wait
 * @returns the services that got something back
 * @throws AppError SERVICES_NOT_RUNNING naming those that have fewer tasks than they should; the pause is over all the same
 */
export async function restoreServices(
    target: OpenTarget,
    timeoutSeconds: number | undefined,
    progress: Progress,
): Promise<readonly PausedService[]> {
    progress.phase("bringing services back");
    const survey = await surveyPause(target, progress);
    const back = await giveBack(target, survey, progress);
    const late =
        timeoutSeconds === undefined ? [] : await untilRunning(target, back, timeoutSeconds, progress);
    await forgetServices(target, survey);
    if (survey.isOwn && tagKeys.paused in survey.cluster.tags) {
        await target.aws.ecs.untagCluster(survey.cluster.arn, [tagKeys.paused]);
    }
    if (late.length > 0) {
        const { clusterName } = target;
        throw new AppError("SERVICES_NOT_RUNNING", {
            message: `${target.environment} goes on, but ${late.length === 1 ? "a service has" : `${late.length} services have`} fewer tasks than before after ${formatSeconds(timeoutSeconds ?? 0)}`,
            details: late.map(describeService),
            hint: `aws ecs describe-services --cluster ${clusterName} --services ${late.map(({ name }) => name).join(" ")}`,
        });
    }
    return back;
}

/** @returns the services that have fewer tasks than they should when the time is over */
async function untilRunning(
    { aws, clock, signal, clusterName }: OpenTarget,
    back: readonly PausedService[],
    timeoutSeconds: number,
    progress: Progress,
): Promise<readonly Service[]> {
    let late: readonly Service[] = [];
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const arns = new Set(back.map(({ service }) => service.arn));
    await pollUntil(clock, { deadline, signal }, async () => {
        const services = arns.size === 0 ? [] : await aws.ecs.services(clusterName);
        late = services.filter(({ arn, running, desired }) => arns.has(arn) && running < desired);
        progress.status(late.map(describeService));
        return late.length === 0;
    });
    return late;
}

function describeService({ name, running, desired }: Service): string {
    return `service ${name}: ${running} of ${desired} tasks running`;
}

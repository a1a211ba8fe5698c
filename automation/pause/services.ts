import {
    memoryText,
    readMemory,
    scalingActivities,
    type ScalingActivity,
    type ServiceMemory,
} from "../../components/model/pause";
import { tagKeys } from "../../components/model/tags";
import { AppError } from "../errors/appError";
import type { OpenTarget } from "../environment/target";
import type { Service } from "../ports/aws";
import type { Progress } from "../ports/io";
import { countedServices, steering, type PauseSurvey } from "./survey";

/** A service with what it gets back. */
export interface PausedService {
    readonly service: Service;
    readonly memory: ServiceMemory;
}

/**
 * What each counted service is to get back, by its own tag where an earlier run has stopped it already. One that is above zero
 * is not paused, whatever its tag says.
 */
export function toRemember(survey: PauseSurvey): readonly PausedService[] {
    return countedServices(survey).flatMap((service) => {
        const told = readMemory(service.tags);
        const known: ServiceMemory = typeof told === "string" ? { count: 0, suspended: [] } : told;
        const steered = steering(survey, service);
        const goingOn =
            steered === undefined ? [] : scalingActivities.filter((one) => !steered.suspended.includes(one));
        const memory = {
            count: service.desired > 0 ? service.desired : known.count,
            suspended: scalingActivities.filter(
                (one) => known.suspended.includes(one) || goingOn.includes(one),
            ),
        };
        return memory.count === 0 && memory.suspended.length === 0 ? [] : [{ service, memory }];
    });
}

/** Whether a service does not run, and nothing starts it. */
export function isAtRest(survey: PauseSurvey, { desired, name }: Service): boolean {
    const suspended = steering(survey, { name })?.suspended ?? scalingActivities;
    return desired === 0 && suspended.length === scalingActivities.length;
}

/**
 * Refuses services whose tags cannot keep what they are to get back, before anything is stopped.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html
 * @throws AppError SERVICE_NOT_TAGGABLE naming each
 */
export function requireTaggable(
    { clusterName }: Pick<OpenTarget, "clusterName">,
    remembered: readonly PausedService[],
): void {
    const short = remembered.filter(({ service: { arn } }) => !arn.includes(`:service/${clusterName}/`));
    if (short.length > 0) {
        throw new AppError("SERVICE_NOT_TAGGABLE", {
            message: `nothing was paused: ${short.length === 1 ? "a service has an ARN" : `${short.length} services have an ARN`} of the short form, which takes no tags, and a tag is what keeps its count`,
            details: short.map(({ service: { name, arn } }) => `service ${name}: ${arn}`),
            hint: "migrate it to a long ARN: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-arn-migration.html",
        });
    }
}

/**
 * Takes services to zero. What each gets back is in its own tag before it is stopped, so that a run that is killed loses
 * nothing, and the next one does not take zeros for counts.
 */
export async function stopServices(
    { aws, clusterName }: OpenTarget,
    survey: PauseSurvey,
    progress: Pick<Progress, "note">,
): Promise<void> {
    for (const { service, memory } of toRemember(survey)) {
        const text = memoryText(memory);
        if (service.tags[tagKeys.pausedCount] !== text) {
            await aws.ecs.tagService(service.arn, { [tagKeys.pausedCount]: text });
        }
        const steered = steering(survey, service);
        if (steered !== undefined && steered.suspended.length < scalingActivities.length) {
            // Else it would raise the count again: by its policies, or by an action that somebody has scheduled.
            await aws.applicationScaling.setSuspended(steered.resourceId, scalingActivities);
        }
        if (service.desired > 0) {
            await aws.ecs.setDesiredCount(clusterName, service.name, 0);
            progress.note(`service ${service.name}: desired count ${service.desired} -> 0`);
        }
    }
}

/**
 * Gives services back what they had; their tags stay. One that is above zero has its count already.
 * @returns those that are to run, with their counts
 */
export async function giveBack(
    { aws, clusterName }: OpenTarget,
    survey: PauseSurvey,
    progress: Pick<Progress, "note">,
): Promise<readonly PausedService[]> {
    const all: PausedService[] = [];
    for (const service of countedServices(survey)) {
        const memory = readMemory(service.tags);
        if (memory === "unreadable") {
            progress.note(
                `warning: service ${service.name} stays at ${service.desired}: its tag ${tagKeys.pausedCount} cannot be read, got ${JSON.stringify(service.tags[tagKeys.pausedCount])}`,
            );
        }
        if (typeof memory === "string") {
            continue;
        }
        if (service.desired === 0 && memory.count > 0) {
            await aws.ecs.setDesiredCount(clusterName, service.name, memory.count);
            progress.note(`service ${service.name}: desired count 0 -> ${memory.count}`);
        }
        await letScale(aws, survey, service, memory.suspended);
        all.push({ service, memory });
    }
    return all;
}

/** Once the count is back, or it would be raised to the minimum first. */
async function letScale(
    aws: OpenTarget["aws"],
    survey: PauseSurvey,
    service: Service,
    suspended: readonly ScalingActivity[],
): Promise<void> {
    const steered = steering(survey, service);
    if (steered !== undefined && steered.suspended.some((one) => suspended.includes(one))) {
        const others = steered.suspended.filter((one) => !suspended.includes(one));
        await aws.applicationScaling.setSuspended(steered.resourceId, others);
    }
}

/** Takes the tags off that keep what services get back, but for what they could not get back yet. */
export async function forgetServices(
    { aws }: Pick<OpenTarget, "aws">,
    survey: Pick<PauseSurvey, "services" | "isScalingUnknown">,
): Promise<void> {
    for (const { arn, tags } of survey.services) {
        const memory = readMemory(tags);
        const isOwing =
            memory === "unreadable" ||
            (survey.isScalingUnknown && typeof memory === "object" && memory.suspended.length > 0);
        if (tagKeys.pausedCount in tags && !isOwing) {
            await aws.ecs.untagService(arn, [tagKeys.pausedCount]);
        }
    }
}

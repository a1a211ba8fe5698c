import { unlessDeleted } from "../../components/model/checks/reads";
import { command } from "../../components/model/commandLine";
import { readPause, type PauseReading } from "../../components/model/pause";
import { carries, proofOf } from "../../components/model/tags";
import { requireStack, type OpenTarget } from "../environment/target";
import { AppError, isRefusedByAws } from "../errors/appError";
import { findInstances, isGone, joinHosts } from "../hosts/find";
import { isDaemon, isServiceTask } from "../hosts/tasks";
import type { ClusterStatus, Host, Service, Task } from "../ports/aws";
import type { ScalableService, ScalingGroup } from "../ports/scalingServices";
import { clusterType, scheduleGroupType } from "../ports/engine";
import type { Progress } from "../ports/io";
import { requireSamePlace } from "../preflight/findings";

/** What of an environment runs, and what a pause would stop. */
export interface PauseSurvey {
    readonly cluster: ClusterStatus;
    /** Otherwise the cluster is somebody else's: nothing in it is touched but the environment's own hosts. */
    readonly isOwn: boolean;
    /** What the cluster says; `none` for one that is somebody else's. */
    readonly pause: PauseReading;
    /** Of an own cluster; those that are being deleted left out. */
    readonly services: readonly Service[];
    /** Those of the services that Application Auto Scaling steers. */
    readonly scalable: readonly ScalableService[];
    /** Nobody may ask here which services it steers. */
    readonly isScalingUnknown: boolean;
    /** Of no service: in the whole of an own cluster, else on own hosts. */
    readonly standaloneTasks: readonly Task[];
    /** The environment's own that are not gone. */
    readonly hosts: readonly Host[];
    /** Missing where the hosts are fixed. */
    readonly group?: ScalingGroup;
    /** Names of the groups of schedules that may start and stop the hosts. */
    readonly scheduleGroups: readonly string[];
}

/**
 * Reads what runs. Changes nothing.
 * @throws AppError ENVIRONMENT_NOT_FOUND, CLUSTER_NOT_FOUND, AWS_ACCOUNT_MISMATCH
 */
export async function surveyPause(
    target: OpenTarget,
    progress: Pick<Progress, "note">,
): Promise<PauseSurvey> {
    const { aws, clusterName, clusterArn, owner, stateIds, environment, stack } = target;
    requireStack(stack);
    requireSamePlace(await aws.identity.caller(), clusterArn);
    const listed = aws.autoScaling.groups(proofOf(owner));
    const [found, instances, registered, groups] = await Promise.all([
        stack.empty ? undefined : aws.ecs.cluster(clusterName),
        findInstances(target, listed),
        aws.ecs.containerInstances(clusterName),
        listed,
    ]);
    const cluster = unlessDeleted(found);
    if (cluster === undefined) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `nothing of ${environment} is up: ${stack.empty ? "its state holds no resources" : `there is no cluster ${clusterName}`}`,
            hint: command("up", environment),
        });
    }
    const isOwn = target.inState(clusterType, cluster.arn) && carries(cluster.tags, proofOf(owner));
    const hosts = joinHosts(instances.own, registered).filter((host) => !isGone(host));
    const tasks = await aws.ecs.tasks(clusterName);
    const services = isOwn ? await aws.ecs.services(clusterName) : [];
    const scalable = services.length === 0 ? [] : await scalableServices(target, progress);
    return {
        cluster,
        isOwn,
        pause: isOwn ? readPause(cluster.tags) : "none",
        services: services.filter(({ status }) => status === "ACTIVE"),
        scalable: scalable ?? [],
        isScalingUnknown: scalable === undefined,
        standaloneTasks: tasks.filter((task) => !isServiceTask(task) && (isOwn || runsOn(task, hosts))),
        hosts,
        group: groups.find(({ name, leaving }) => stateIds.has(name) && !leaving),
        scheduleGroups: (await stack.resources())
            .filter(({ type, id }) => type === scheduleGroupType && id !== "")
            .map(({ id }) => id),
    };
}

async function scalableServices(
    { aws, clusterName }: Pick<OpenTarget, "aws" | "clusterName">,
    { note }: Pick<Progress, "note">,
): Promise<readonly ScalableService[] | undefined> {
    try {
        return await aws.applicationScaling.scalableServices(clusterName);
    } catch (error) {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        note(`warning: could not ask which services are scaled automatically: ${error.message}`);
        return undefined;
    }
}

/** Lets the hours of an environment start and stop its hosts, or not. */
export async function switchHours(
    { aws }: Pick<OpenTarget, "aws">,
    { scheduleGroups }: Pick<PauseSurvey, "scheduleGroups">,
    state: "ENABLED" | "DISABLED",
): Promise<void> {
    for (const group of scheduleGroups) {
        await aws.scheduler.switchHours(group, state);
    }
}

/** Whether a task has its place on one of these hosts. */
export function runsOn({ containerInstanceArn }: Task, hosts: readonly Host[]): boolean {
    return hosts.some(
        ({ containerInstance }) =>
            containerInstance !== undefined && containerInstance.arn === containerInstanceArn,
    );
}

/**
 * Services that a pause takes to zero; a daemon has no count, and runs wherever a host is. The count of an Express service
 * is ECS's own, and it runs on Fargate.
 */
export function countedServices({ services }: Pick<PauseSurvey, "services">): readonly Service[] {
    return services.filter((service) => !isDaemon(service) && !service.isExpress);
}

/** Hosts that cost: those that EC2 runs, or is about to. */
export function runningHosts({ hosts }: Pick<PauseSurvey, "hosts">): readonly Host[] {
    return hosts.filter(({ state }) => state === "running" || state === "pending");
}

/** What Application Auto Scaling knows of a service, if it steers it. */
export function steering(
    { cluster, scalable }: Pick<PauseSurvey, "cluster" | "scalable">,
    { name }: Pick<Service, "name">,
): ScalableService | undefined {
    return scalable.find(({ resourceId }) => resourceId === `service/${cluster.name}/${name}`);
}

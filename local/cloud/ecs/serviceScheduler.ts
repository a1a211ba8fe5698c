import type { Cloud } from "../cloud";
import { addEvent, breakCircuit, completeOnceSteady, rests } from "./deployments";
import { isEligible, occupied, place, placementWish } from "./placement";
import type { ServiceRecord, TaskRecord } from "./state";
import { haltTask, launchTask, startTaskOn } from "./taskLife";

/**
 * Gives tasks that wait for a host one that has come, and brings every service of a cluster nearer to what is wanted.
 * Called whenever hosts, tasks or services change.
 */
export function reconcileTasks(cloud: Cloud, clusterArn: string): void {
    for (const task of cloud.ecs.tasksOf(clusterArn)) {
        if (task.lastStatus === "PROVISIONING" && task.desiredStatus === "RUNNING") {
            const host = place(occupied(cloud.ecs, clusterArn, task.capacityProviderName), task.placement);
            if (host !== undefined) {
                startTaskOn(cloud, task, host.arn);
            }
        }
    }
    for (const service of cloud.ecs.servicesOf(clusterArn)) {
        reconcile(cloud, service);
    }
}

function reconcile(cloud: Cloud, service: ServiceRecord): void {
    breakCircuit(cloud, service);
    const desired = service.status === "DRAINING" ? 0 : desiredCountOf(cloud, service);
    const active = cloud.ecs
        .tasksOfService(service)
        .filter(({ desiredStatus }) => desiredStatus === "RUNNING");
    const current = active.filter(
        (task) => task.deploymentId === service.deploymentId && staysOn(cloud, task),
    );
    const replaced = active.filter((task) => !current.includes(task));
    for (const task of current.slice(desired)) {
        stop(cloud, service, task);
    }
    const room = Math.min(desired - current.length, roomFor(cloud, service, desired));
    const missing = room > 0 && (service.isStalled || rests(cloud, service)) ? 0 : room;
    for (let started = 0; started < missing; started += 1) {
        if (!startOne(cloud, service)) {
            break;
        }
    }
    stopReplaced(cloud, service, desired, replaced);
    settle(cloud, service, desired);
}

/**
 * How many tasks may be started beside those that have not stopped. Source: API reference of DeploymentConfiguration,
 * maximumPercent: an upper limit on tasks in RUNNING or PENDING, rounded down.
 */
function roomFor({ ecs }: Cloud, service: ServiceRecord, desired: number): number {
    return Math.floor((desired * service.maximumPercent) / 100) - ecs.tasksOfService(service).length;
}

/** Old tasks go as far as the service stays as healthy as it is told to. */
function stopReplaced(
    cloud: Cloud,
    service: ServiceRecord,
    desired: number,
    replaced: readonly TaskRecord[],
): void {
    const healthy = Math.ceil((desired * service.minimumHealthyPercent) / 100);
    for (const task of replaced) {
        const running = cloud.ecs
            .tasksOfService(service)
            .filter(
                ({ lastStatus, desiredStatus }) => lastStatus === "RUNNING" && desiredStatus === "RUNNING",
            ).length;
        const counts = task.lastStatus === "RUNNING" ? 1 : 0;
        if (running - counts >= healthy) {
            stop(cloud, service, task);
        }
    }
}

function startOne(cloud: Cloud, service: ServiceRecord): boolean {
    const { clusterArn, taskDefinition, deploymentId } = service;
    const capacityProviderName = service.capacityProviderStrategy[0]?.capacityProvider;
    const hosts = occupied(cloud.ecs, clusterArn, capacityProviderName).filter(
        ({ tasks }) =>
            service.schedulingStrategy === "REPLICA" || !tasks.some((task) => isCurrent(service, task)),
    );
    const group = `service:${service.name}`;
    const placement = placementWish(taskDefinition, group, service);
    const { launchType = "EC2" } = service;
    const host = launchType === "FARGATE" ? undefined : place(hosts, placement);
    if (host === undefined && launchType === "EC2" && !service.waitsForCapacity) {
        const why =
            hosts.length === 0
                ? "Reason: No Container Instances were found in your cluster."
                : "because no container instance met all of its requirements.";
        addEvent(service, `(service ${service.name}) was unable to place a task. ${why}`);
        return false;
    }
    launchTask(cloud, {
        clusterArn,
        taskDefinition,
        placement,
        containerInstanceArn: host?.arn,
        group,
        serviceArn: service.arn,
        deploymentId,
        launchType,
        startedBy: deploymentId,
        capacityProviderName,
    });
    addEvent(service, `(service ${service.name}) has started 1 tasks.`);
    return true;
}

/**
 * A deleted service drains until all its tasks are STOPPING or STOPPED.
 * Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html and
 * API_DeleteExpressGatewayService.html beside it
 */
function settle(cloud: Cloud, service: ServiceRecord, desired: number): void {
    const tasks = cloud.ecs.tasksOfService(service);
    // Of an Express service "After all tasks stop, the service and infrastructure are permanently removed".
    const last =
        service.express === undefined ? tasks.filter(({ lastStatus }) => lastStatus !== "STOPPING") : tasks;
    if (service.status === "DRAINING" && last.length === 0) {
        service.status = "INACTIVE";
    } else if (desired === tasks.length && tasks.every(({ lastStatus }) => lastStatus === "RUNNING")) {
        const isNew = tasks.every(({ deploymentId }) => deploymentId === service.deploymentId);
        if (isNew && service.status === "ACTIVE") {
            completeOnceSteady(cloud, service, tasks);
        }
        addEvent(service, `(service ${service.name}) has reached a steady state.`);
    }
}

function desiredCountOf(cloud: Cloud, service: ServiceRecord): number {
    return service.schedulingStrategy === "REPLICA"
        ? service.desiredCount
        : cloud.ecs.containerInstancesOf(service.clusterArn).filter(isEligible).length;
}

/** Tasks stay on hosts that are not draining, and wait for those that are still to come. */
function staysOn({ ecs }: Cloud, { containerInstanceArn }: TaskRecord): boolean {
    return (
        containerInstanceArn === undefined ||
        ecs.containerInstances.get(containerInstanceArn)?.status === "ACTIVE"
    );
}

function isCurrent(service: ServiceRecord, task: TaskRecord): boolean {
    return (
        task.serviceArn === service.arn &&
        task.deploymentId === service.deploymentId &&
        task.desiredStatus === "RUNNING"
    );
}

function stop(cloud: Cloud, service: ServiceRecord, task: TaskRecord): void {
    const reason = `Scaling activity initiated by (deployment ${service.deploymentId})`;
    haltTask(cloud, task, reason, "ServiceSchedulerInitiated");
    addEvent(service, `(service ${service.name}) has stopped 1 running tasks.`);
}

import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { clusterOfArn, nowSeconds } from "./names";
import { isEligible, place } from "./placement";
import type { ServiceRecord, TaskRecord } from "./records";
import { resourcesOf } from "./taskDefinitions";
import { launch, occupied } from "./taskLaunch";
import { stopTask } from "./taskLife";

const eventsKept = 100;

/** Brings every service of a cluster nearer to what is wanted. Called whenever hosts, tasks or services change. */
export function reconcileServices(cloud: Cloud, clusterArn: string): void {
    for (const service of cloud.ecs.servicesOf(clusterArn)) {
        if (service.status !== "INACTIVE") {
            reconcile(cloud, service);
        }
    }
}

function reconcile(cloud: Cloud, service: ServiceRecord): void {
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
    for (let missing = desired - current.length; missing > 0; missing -= 1) {
        if (!startOne(cloud, service)) {
            break;
        }
    }
    stopReplaced(cloud, service, desired, replaced);
    settle(cloud, service, desired);
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
        if (service.schedulingStrategy === "DAEMON" || running - counts >= healthy) {
            stop(cloud, service, task);
        }
    }
}

function startOne(cloud: Cloud, service: ServiceRecord): boolean {
    const cluster = clusterOfArn(service.clusterArn);
    const provider = service.capacityProviderStrategy[0]?.capacityProvider;
    const fargate = service.launchType === "FARGATE" || provider?.startsWith("FARGATE") === true;
    const hosts = occupied(cloud, cluster, provider).filter(
        ({ tasks }) =>
            service.schedulingStrategy === "REPLICA" || !tasks.some((task) => isCurrent(service, task)),
    );
    const host = fargate ? undefined : place(hosts, resourcesOf(service.taskDefinition));
    if (host === undefined && !fargate) {
        const why =
            hosts.length === 0
                ? "Reason: No Container Instances were found in your cluster."
                : "because no container instance met all of its requirements.";
        addEvent(service, `(service ${service.name}) was unable to place a task. ${why}`);
        return false;
    }
    launch(cloud, cluster, {
        taskDefinition: service.taskDefinition,
        group: `service:${service.name}`,
        serviceArn: service.arn,
        deploymentId: service.deploymentId,
        startedBy: service.deploymentId,
        launchType: fargate ? "FARGATE" : "EC2",
        ...(host !== undefined && { containerInstanceArn: host.arn }),
        ...(provider !== undefined && { capacityProviderName: provider }),
    });
    addEvent(service, `(service ${service.name}) has started 1 tasks.`);
    return true;
}

function settle(cloud: Cloud, service: ServiceRecord, desired: number): void {
    const tasks = cloud.ecs.tasksOfService(service);
    if (service.status === "DRAINING" && tasks.length === 0) {
        service.status = "INACTIVE";
    } else if (desired === tasks.length && tasks.every(({ lastStatus }) => lastStatus === "RUNNING")) {
        addEvent(service, `(service ${service.name}) has reached a steady state.`);
    }
}

function desiredCountOf(cloud: Cloud, service: ServiceRecord): number {
    return service.schedulingStrategy === "REPLICA"
        ? service.desiredCount
        : cloud.ecs.containerInstancesOf(service.clusterArn).filter(isEligible).length;
}

/** Tasks stay on hosts that are not draining; Fargate tasks always do. */
function staysOn(cloud: Cloud, { containerInstanceArn }: TaskRecord): boolean {
    return (
        containerInstanceArn === undefined ||
        cloud.ecs.containerInstances.get(containerInstanceArn)?.status === "ACTIVE"
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
    stopTask(cloud, task, reason, "ServiceSchedulerInitiated");
    addEvent(service, `(service ${service.name}) has stopped 1 running tasks.`);
}

function addEvent(service: ServiceRecord, message: string): void {
    if (service.events[0]?.message !== message) {
        service.events = [
            { id: randomUUID(), createdAtSeconds: nowSeconds(), message },
            ...service.events,
        ].slice(0, eventsKept);
    }
}

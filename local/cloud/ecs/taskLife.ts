import type { Cloud } from "../cloud";
import { deregistrationDelaySeconds } from "./loadBalancers";
import { arnInCluster, newId, nowSeconds, regionOfArn } from "./names";
import type { TaskRecord } from "./state";

/** What is decided of a task before it exists. */
export type NewTask = Pick<
    TaskRecord,
    | "clusterArn"
    | "taskDefinition"
    | "placement"
    | "containerInstanceArn"
    | "group"
    | "startedBy"
    | "launchType"
    | "capacityProviderName"
    | "serviceArn"
    | "deploymentId"
>;

/** Makes a task and starts it on its host, or lets it wait for one. */
export function launchTask(cloud: Cloud, wish: NewTask): TaskRecord {
    const task: TaskRecord = {
        ...wish,
        arn: arnInCluster(wish.clusterArn, "task", newId()),
        resources: wish.placement.resources,
        createdAtSeconds: nowSeconds(),
        lastStatus: "PROVISIONING",
        desiredStatus: "RUNNING",
    };
    cloud.ecs.tasks.set(task.arn, task);
    if (wish.containerInstanceArn !== undefined || wish.launchType === "FARGATE") {
        startTaskOn(cloud, task, wish.containerInstanceArn);
    }
    return task;
}

/** The task has its host, or needs none, and runs after a while. */
export function startTaskOn(
    { ecs, containers }: Cloud,
    task: TaskRecord,
    containerInstanceArn: string | undefined,
): void {
    task.containerInstanceArn = containerInstanceArn;
    task.lastStatus = "PENDING";
    containers.start(task, {
        running: (found) => {
            task.containers = found;
            if (task.lastStatus === "PENDING" && task.desiredStatus === "RUNNING") {
                task.lastStatus = "RUNNING";
                task.startedAtSeconds = nowSeconds();
                ecs.changed(task.clusterArn);
            }
        },
        failedToStart: (reason, found) => {
            fail(ecs, task, reason, "TaskFailedToStart", found);
        },
        exited: (found) => {
            fail(ecs, task, "Essential container in task exited", "EssentialContainerExited", found);
        },
    });
}

/** A task that nobody has told to stop has ended. Source: stopped-task-error-codes.html beside task-lifecycle-explanation.html */
function fail(
    ecs: Cloud["ecs"],
    task: TaskRecord,
    reason: string,
    stopCode: string,
    found: TaskRecord["containers"] = task.containers,
): void {
    task.containers = found;
    if (task.desiredStatus === "RUNNING" && task.lastStatus !== "STOPPED") {
        task.stopCode = stopCode;
        endTask(task, reason);
        ecs.changed(task.clusterArn);
    }
}

/**
 * Asks a task to stop; it has stopped after a while.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function haltTask(cloud: Cloud, task: TaskRecord, reason: string, stopCode: string): void {
    if (task.desiredStatus === "STOPPED") {
        return;
    }
    task.desiredStatus = "STOPPED";
    task.stoppingAtSeconds = nowSeconds();
    task.stoppedReason = reason;
    task.stopCode = stopCode;
    // Whoever asked is still shown the task as it was.
    cloud.timers.after(0, () => leaveLoadBalancers(cloud, task));
}

/** A task that gets requests is DEACTIVATING until its load balancers have let go of it. */
async function leaveLoadBalancers(cloud: Cloud, task: TaskRecord): Promise<void> {
    const { loadBalancers = [], clusterArn } = cloud.ecs.services.get(task.serviceArn ?? "") ?? {};
    if (task.lastStatus === "STOPPED") {
        return;
    }
    if (task.lastStatus !== "RUNNING" || loadBalancers.length === 0) {
        stopContainers(cloud, task);
        return;
    }
    task.lastStatus = "DEACTIVATING";
    cloud.ecs.changed(task.clusterArn);
    const delaySeconds = await deregistrationDelaySeconds(cloud, regionOfArn(clusterArn), loadBalancers);
    cloud.timers.after(delaySeconds, () => stopContainers(cloud, task));
}

/** The agent has been told, and stops what runs. */
function stopContainers({ ecs, containers, report }: Cloud, task: TaskRecord): void {
    if (task.lastStatus === "STOPPED") {
        return;
    }
    task.lastStatus = "STOPPING";
    ecs.changed(task.clusterArn);
    containers
        .stop(task)
        .catch((error: unknown) => {
            report(error);
            return undefined;
        })
        .then((found) => {
            task.containers = found === undefined || found.length === 0 ? task.containers : found;
            endTask(task, task.stoppedReason ?? "");
            ecs.changed(task.clusterArn);
        })
        .catch(report);
}

/** The task is over, now. */
export function endTask(task: TaskRecord, reason: string): void {
    if (task.lastStatus !== "STOPPED") {
        task.desiredStatus = "STOPPED";
        task.lastStatus = "STOPPED";
        task.stoppedReason ??= reason;
        task.stopCode ??= "TerminationNotice";
        task.stoppedAtSeconds = nowSeconds();
    }
}

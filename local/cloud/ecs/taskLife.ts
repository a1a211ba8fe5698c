import type { Cloud } from "../cloud";
import { arnInCluster, newId, nowSeconds } from "./names";
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
    if (wish.containerInstanceArn !== undefined) {
        startTaskOn(cloud, task, wish.containerInstanceArn);
    }
    return task;
}

/** The task has its host, and runs there after a while. */
export function startTaskOn(
    { ecs, timers, settings }: Cloud,
    task: TaskRecord,
    containerInstanceArn: string,
): void {
    task.containerInstanceArn = containerInstanceArn;
    task.lastStatus = "PENDING";
    timers.after(settings.taskSeconds, () => {
        if (task.lastStatus === "PENDING" && task.desiredStatus === "RUNNING") {
            task.lastStatus = "RUNNING";
            task.startedAtSeconds = nowSeconds();
            ecs.changed(task.clusterArn);
        }
    });
}

/** Asks a task to stop; it has stopped after a while. */
export function haltTask(
    { ecs, timers, settings }: Cloud,
    task: TaskRecord,
    reason: string,
    stopCode: string,
): void {
    if (task.desiredStatus === "STOPPED") {
        return;
    }
    task.desiredStatus = "STOPPED";
    task.stoppingAtSeconds = nowSeconds();
    task.stoppedReason = reason;
    task.stopCode = stopCode;
    timers.after(settings.taskSeconds, () => {
        endTask(task, reason);
        ecs.changed(task.clusterArn);
    });
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

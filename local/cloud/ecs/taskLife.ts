import type { Cloud } from "../cloud";
import { nowSeconds } from "./names";
import type { TaskRecord } from "./records";

/** Brings a new task to RUNNING after a while. */
export function startTask(cloud: Cloud, task: TaskRecord): void {
    cloud.ecs.tasks.set(task.arn, task);
    cloud.timers.after(cloud.settings.taskSeconds, () => {
        if (task.lastStatus === "PENDING" && task.desiredStatus === "RUNNING") {
            task.lastStatus = "RUNNING";
            task.startedAtSeconds = nowSeconds();
            cloud.ecs.changed(task.clusterArn);
        }
    });
}

/** Asks a task to stop; it has stopped after a while. */
export function stopTask(cloud: Cloud, task: TaskRecord, reason: string, stopCode: string): void {
    if (task.desiredStatus === "STOPPED") {
        return;
    }
    task.desiredStatus = "STOPPED";
    task.stoppingAtSeconds = nowSeconds();
    task.stoppedReason = reason;
    task.stopCode = stopCode;
    cloud.timers.after(cloud.settings.taskSeconds, () => {
        endTask(task, reason);
        cloud.ecs.changed(task.clusterArn);
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

import { randomUUID } from "node:crypto";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { newDeployment, nowSeconds } from "./names";
import { countTasks } from "./state";
import type { EcsState, ServiceRecord, TaskRecord } from "./state";

const eventsKept = 100;
/** How a task ends that nobody has asked to stop. */
const failures: readonly (string | undefined)[] = ["TaskFailedToStart", "EssentialContainerExited"];
/** Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html, "Failure threshold" */
const threshold = { least: 3, most: 200, share: 0.5 };
/** A service whose tasks go on failing is given less and less often a new one (service-throttle-logic.html in the same guide). */
const longestRestSeconds = 900;

export function addEvent(service: ServiceRecord, message: string): void {
    if (service.events[0]?.message !== message) {
        service.events = [{ id: randomUUID(), createdAt: nowSeconds(), message }, ...service.events].slice(
            0,
            eventsKept,
        );
    }
}

/** Tasks of the present deployment that have failed. */
function failedTasks(ecs: EcsState, { arn, deploymentId }: ServiceRecord): readonly TaskRecord[] {
    return [...ecs.tasks.values()].filter(
        (task) =>
            task.serviceArn === arn &&
            task.deploymentId === deploymentId &&
            task.lastStatus === "STOPPED" &&
            failures.includes(task.stopCode),
    );
}

/**
 * Ends a deployment too many of whose tasks have failed before it was ever steady: the service goes back to the last one that was.
 * The events' words are those of the guide's list of service event messages.
 */
export function breakCircuit({ ecs }: Pick<Cloud, "ecs">, service: ServiceRecord): void {
    const { circuitBreaker, isCompleted, isStalled, desiredCount, deploymentId, taskDefinition } = service;
    const failed = failedTasks(ecs, service).length;
    const limit = Math.min(
        threshold.most,
        Math.max(threshold.least, Math.ceil(threshold.share * desiredCount)),
    );
    if (!circuitBreaker.enable || isCompleted || isStalled || failed < limit) {
        return;
    }
    const of = `(service ${service.name}) (deployment ${deploymentId})`;
    addEvent(service, `${of} deployment failed: tasks failed to start.`);
    if (circuitBreaker.rollback && service.completed !== undefined) {
        service.failed = { deploymentId, taskDefinition, failedTasks: failed };
        // The same deployment as before: its tasks stay.
        Object.assign(service, newDeployment(), service.completed);
        addEvent(service, `(service ${service.name}) rolling back to (deployment ${service.deploymentId}).`);
    } else {
        service.isStalled = true;
    }
}

/** Whether a service is not to be given a task now, as its last ones have failed; it is looked at again in time. */
export function rests(cloud: Cloud, service: ServiceRecord): boolean {
    const failed = failedTasks(cloud.ecs, service);
    const last = failed.at(-1)?.stoppedAtSeconds;
    if (last === undefined) {
        return false;
    }
    const rest = Math.min(longestRestSeconds, cloud.settings.taskSeconds * 2 ** Math.min(failed.length, 16));
    const until = last + rest;
    const now = nowSeconds();
    if (until <= now) {
        return false;
    }
    if (service.restsUntilSeconds !== until) {
        service.restsUntilSeconds = until;
        cloud.timers.after(until - now, () => {
            // Timers may come a little too early.
            service.restsUntilSeconds = 0;
            cloud.ecs.changed(service.clusterArn);
        });
    }
    return true;
}

/** How many times as long as a task takes to start it has to run, until its deployment counts as steady; AWS names no time. */
const steadyTaskTimes = 4;

/** The present deployment is steady, once its tasks have run for a while: those that end at once never make it so. */
export function completeOnceSteady(
    cloud: Pick<Cloud, "ecs" | "timers" | "settings">,
    service: ServiceRecord,
    tasks: readonly TaskRecord[],
): void {
    if (service.isCompleted) {
        return;
    }
    const youngest = Math.max(0, ...tasks.map(({ startedAtSeconds = 0 }) => startedAtSeconds));
    const until = youngest + steadyTaskTimes * cloud.settings.taskSeconds;
    const now = nowSeconds();
    if (until > now) {
        cloud.timers.after(until - now, () => {
            cloud.ecs.changed(service.clusterArn);
        });
        return;
    }
    service.isCompleted = true;
    const { deploymentId, taskDefinition, deployedAtSeconds } = service;
    service.completed = { deploymentId, taskDefinition, deployedAtSeconds };
    service.failed = undefined;
}

/** The present deployment, and those before it that still have tasks or have just been ended. */
export function deploymentViews(service: ServiceRecord, ecs: EcsState, desiredCount: number): object[] {
    const tasks = ecs.tasksOfService(service);
    const ofDeployment = (id: string | undefined): readonly TaskRecord[] =>
        tasks.filter(({ deploymentId }) => deploymentId === id);
    const view = (id: string, taskDefinition: TaskDefinition): object => {
        const { running, pending } = countTasks(ofDeployment(id));
        return {
            ...{ id, taskDefinition: taskDefinition.taskDefinitionArn, launchType: service.launchType },
            ...{ runningCount: running, pendingCount: pending, createdAt: service.deployedAtSeconds },
        };
    };
    const before = new Map(
        tasks
            .filter(
                ({ deploymentId, lastStatus }) =>
                    deploymentId !== service.deploymentId && lastStatus !== "STOPPING",
            )
            .map((task) => [task.deploymentId ?? "", task.taskDefinition]),
    );
    const { failed } = service;
    before.delete(failed?.deploymentId ?? "");
    const state = service.isStalled ? "FAILED" : service.isCompleted ? "COMPLETED" : "IN_PROGRESS";
    return [
        {
            ...view(service.deploymentId, service.taskDefinition),
            ...{ status: "PRIMARY", desiredCount, failedTasks: failedTasks(ecs, service).length },
            updatedAt: service.deployedAtSeconds,
            rolloutState: state,
            rolloutStateReason: reasonOf(service),
        },
        ...(failed === undefined
            ? []
            : [
                  {
                      ...view(failed.deploymentId, failed.taskDefinition),
                      ...{ status: "ACTIVE", desiredCount: 0, failedTasks: failed.failedTasks },
                      rolloutState: "FAILED",
                      rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
                  },
              ]),
        ...[...before].map(([id, taskDefinition]) => ({
            ...view(id, taskDefinition),
            ...{ status: "ACTIVE", desiredCount: 0, failedTasks: 0, rolloutState: "COMPLETED" },
        })),
    ];
}

function reasonOf({ deploymentId, isStalled, isCompleted }: ServiceRecord): string {
    return isStalled
        ? "ECS deployment circuit breaker: tasks failed to start."
        : `ECS deployment ${deploymentId} ${isCompleted ? "completed" : "in progress"}.`;
}

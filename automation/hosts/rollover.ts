import type { Service, Task } from "../ports/aws";

/** How ECS takes a task of a service off a host that drains. */
export type Rollover =
    /** It starts another first. */
    | "startsFirst"
    /** It has to stop the task first. */
    | "stopsFirst"
    /** It may do neither. */
    | "stuck";

/**
 * What the percentages of a service let ECS do: the minimum is rounded up, the maximum down.
 * Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function rolloverOf(service: Service | undefined, task: Pick<Task, "lastStatus">): Rollover {
    if (service === undefined) {
        return "startsFirst";
    }
    const { running, pending, desired, maximumPercent } = service;
    if (Math.floor((desired * maximumPercent) / 100) > running + pending) {
        return "startsFirst";
    }
    // ECS stops at once what is not RUNNING yet.
    return task.lastStatus !== "RUNNING" || running - 1 >= leastRunning(service) ? "stopsFirst" : "stuck";
}

/** How many tasks ECS keeps RUNNING whatever it replaces. */
export function leastRunning({ desired, minimumHealthyPercent }: Service): number {
    return Math.ceil((desired * minimumHealthyPercent) / 100);
}

/** Why a task is stuck. */
export function whyStuck({ desired, minimumHealthyPercent, maximumPercent }: Service): string {
    return `with minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} of ${desired} ${desired === 1 ? "task" : "tasks"} ECS may neither stop it nor start another first`;
}

/** The command after which ECS starts another task of a service before it stops one. */
export function unstick(clusterName: string, { name, minimumHealthyPercent }: Service): string {
    return `aws ecs update-service --cluster ${clusterName} --service ${name} --deployment-configuration maximumPercent=200,minimumHealthyPercent=${minimumHealthyPercent}`;
}

import type { Service, Task } from "../ports/aws";

const servicePrefix = "service:";

/** ECS puts the tasks of a service into a group named after it. */
export function isServiceTask({ group }: Pick<Task, "group">): boolean {
    return group.startsWith(servicePrefix);
}

/** Name of the service that a task belongs to; of one that belongs to none, its group. */
export function serviceOf({ group }: Pick<Task, "group">): string {
    return isServiceTask({ group }) ? group.slice(servicePrefix.length) : group;
}

/** The services of several tasks, each once. */
export function servicesOf(tasks: readonly Pick<Task, "group">[]): readonly string[] {
    return [...new Set(tasks.map(serviceOf))];
}

/** Whether a task belongs to a service that has one on every host, so that there is nowhere to move it to. */
export function daemonTest(services: readonly Service[]): (task: Pick<Task, "group">) => boolean {
    const groups = new Set(services.filter(isDaemon).map(({ name }) => `${servicePrefix}${name}`));
    return ({ group }) => groups.has(group);
}

export function isDaemon({ schedulingStrategy }: Pick<Service, "schedulingStrategy">): boolean {
    return schedulingStrategy === "DAEMON";
}

/** The last part of an ARN: what people see as the id. */
export function shortId(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}

/** `task web:3 of service web (0123)`; of no service without one. */
export function describeTask(task: Pick<Task, "arn" | "group" | "taskDefinition">): string {
    const owner = isServiceTask(task) ? ` of service ${serviceOf(task)}` : "";
    return `task ${task.taskDefinition}${owner} (${shortId(task.arn)})`;
}

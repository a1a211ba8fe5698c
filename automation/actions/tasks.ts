/** ECS puts the tasks of a service into a group named after it. */
export function isServiceTask(task: { readonly group: string }): boolean {
    return task.group.startsWith("service:");
}

/** The last part of an ARN: what people see as the id. */
export function shortId(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}

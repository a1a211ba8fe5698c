import { isDaemon, isServiceTask, serviceOf, servicesOf } from "../hosts/tasks";
import type { Service, Task } from "../ports/aws";
import { orWarn, waitUntilUnblocked, type Blocker, type CleanUp, type DestroyTarget } from "./cleanUp";
import { waitForTasks } from "./tasks";

/** What runs in a cluster. */
export interface Running {
    readonly services: readonly Service[];
    readonly tasks: readonly Task[];
}

export const nothing: Running = { services: [], tasks: [] };

/** Also services that somebody has deleted, and whose tasks are still there: they are not listed. */
export async function findRunning({
    aws,
    clusterName,
}: Pick<DestroyTarget, "aws" | "clusterName">): Promise<Running> {
    const tasks = await aws.ecs.tasks(clusterName);
    return { tasks, services: await aws.ecs.services(clusterName, servicesOf(tasks.filter(isServiceTask))) };
}

/** Takes services down in the guide's order: minimums and counts to 0, tasks to 0, services deleted. */
export async function removeServices(cleanUp: CleanUp, services: readonly Service[]): Promise<void> {
    const { aws, clusterName, progress } = cleanUp;
    if (services.length === 0) {
        return;
    }
    const counted = services.filter((service) => !isDaemon(service) && !service.isExpress);
    if (counted.some(isActive)) {
        await orWarn(cleanUp, "lowering the minimums of Application Auto Scaling", () =>
            lowerMinimums(cleanUp, counted),
        );
    }
    // ECS alone changes the count of an Express service; its load balancer goes with it, which takes the longest.
    for (const service of services.filter((one) => one.isExpress)) {
        await deleteService(cleanUp, service);
    }
    for (const service of counted.filter((one) => isActive(one) && one.desired > 0)) {
        await aws.ecs.setDesiredCount(clusterName, service.name, 0);
        progress.note(`service ${service.name}: desired count ${service.desired} -> 0`);
    }
    const names = new Set(services.filter((one) => !isDaemon(one)).map(({ name }) => name));
    await waitForTasks(cleanUp, (task) => isServiceTask(task) && names.has(serviceOf(task)));
    // Daemons watch over the others (logs, metrics), so they go last. They have no count to lower.
    for (const service of [...counted, ...services.filter(isDaemon)]) {
        await deleteService(cleanUp, service);
    }
    const all = services.map(({ name }) => name);
    await waitUntilUnblocked(cleanUp, () => servicesLeft(cleanUp, all));
}

function isActive({ status }: Service): boolean {
    return status === "ACTIVE";
}

/** Application Auto Scaling would raise the count of a service again that stands below its minimum. */
async function lowerMinimums(
    { aws, clusterName, progress }: CleanUp,
    services: readonly Service[],
): Promise<void> {
    // Application Auto Scaling API reference, RegisterScalableTarget: ResourceId.
    const meant = new Set(services.map(({ name }) => `service/${clusterName}/${name}`));
    for (const service of await aws.applicationScaling.scalableServices(clusterName)) {
        if (service.min > 0 && meant.has(service.resourceId)) {
            await aws.applicationScaling.setMinimum(service.resourceId, 0);
            progress.note(`${service.resourceId}: minimum ${service.min} -> 0`);
        }
    }
}

async function deleteService(
    { aws, clusterName, progress, removed }: CleanUp,
    { name, arn, isExpress, status }: Service,
): Promise<void> {
    if (isExpress && status === "ACTIVE") {
        await aws.ecs.removeExpressService(arn);
    } else if (!isExpress) {
        await aws.ecs.deleteService(clusterName, name);
    }
    progress.note(`service ${name}: deleted`);
    removed.push({ type: "ecs:service", name, id: arn });
}

/**
 * A deleted service is DRAINING until its last task has stopped, and keeps the cluster from being deleted.
 * @param names of those that were there
 */
async function servicesLeft(
    { aws, clusterName }: CleanUp,
    names: readonly string[],
): Promise<readonly Blocker[]> {
    const [all, hosts] = await Promise.all([
        aws.ecs.services(clusterName, names),
        aws.ecs.containerInstances(clusterName),
    ]);
    // Those of others are in an adopted cluster, too.
    const services = all.filter(({ name }) => names.includes(name));
    // With an agent gone silent the last task never counts as stopped; the service goes with the host.
    return hosts.some((host) => !host.agentConnected)
        ? []
        : services.map((service) => ({
              name: `service ${service.name}`,
              state: `${service.status}, ${service.running + service.pending} tasks`,
          }));
}

import type { Service } from "../../../ports/aws";
import { orWarn, type Emptying } from "./emptying";
import { waitForTasks } from "./tasks";
import { pauseUntilDeadline, type Blocker } from "./blockers";
import { isDaemon } from "../../../hosts/tasks";

/** Takes the services down in the guide's order: minimums and counts to 0, tasks to 0, services deleted. */
export async function removeServices(emptying: Emptying): Promise<void> {
    const { aws, request } = emptying;
    const services = await aws.ecs.services(request.clusterName);
    if (services.length === 0) {
        return;
    }
    await orWarn(emptying, "lowering the minimums of Application Auto Scaling", () =>
        lowerMinimums(emptying),
    );
    const counted = services.filter((service) => !isDaemon(service));
    for (const service of counted.filter((one) => one.status === "ACTIVE" && one.desired > 0)) {
        await aws.ecs.setDesiredCount(request.clusterName, service.name, 0);
        request.progress.note(`service ${service.name}: desired count ${service.desired} -> 0`);
    }
    const groups = new Set(counted.map((service) => `service:${service.name}`));
    await waitForTasks(emptying, (task) => groups.has(task.group));
    // Daemons watch over the others (logs, metrics), so they go last. They have no count to lower.
    for (const service of [...counted, ...services.filter(isDaemon)]) {
        await deleteService(emptying, service);
    }
    await waitUntilDeleted(emptying);
}

/** Application Auto Scaling would raise the count of a service again that stands below its minimum. */
async function lowerMinimums({ aws, request }: Emptying): Promise<void> {
    for (const target of await aws.applicationScaling.scalableServices(request.clusterName)) {
        if (target.min > 0) {
            await aws.applicationScaling.setMinimum(target.resourceId, 0);
            request.progress.note(`${target.resourceId}: minimum ${target.min} -> 0`);
        }
    }
}

async function deleteService({ aws, request, removed }: Emptying, service: Service): Promise<void> {
    await aws.ecs.deleteService(request.clusterName, service.name);
    request.progress.note(`service ${service.name}: deleted`);
    removed.push({ type: "ecs:service", name: service.name, id: service.arn });
}

/** A deleted service is DRAINING until its last task has stopped, and keeps the cluster from being deleted. */
async function waitUntilDeleted(emptying: Emptying): Promise<void> {
    await pauseUntilDeadline(emptying, async () => {
        const [services, silent] = await Promise.all([
            emptying.aws.ecs.services(emptying.request.clusterName),
            emptying.aws.ecs.containerInstances(emptying.request.clusterName),
        ]);
        // With an agent gone silent the last task never counts as stopped; the service goes with the host.
        return silent.some((host) => !host.agentConnected)
            ? []
            : services.map((service): Blocker => ({
                  name: `service ${service.name}`,
                  state: `${service.status}, ${service.running + service.pending} tasks`,
              }));
    });
}

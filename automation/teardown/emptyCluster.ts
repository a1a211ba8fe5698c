import { unlessDeleted } from "../../components/model/checks/reads";
import type { EvidenceItem } from "../../components/model/evidence";
import { proofOf } from "../../components/model/tags";
import { isRefusedByAws } from "../errors/appError";
import { dropScaleInProtection } from "../hosts/leaving";
import { isProvenOwn } from "../inventory/drift";
import { isDaemon } from "../hosts/tasks";
import type { Service } from "../ports/aws";
import type { Progress } from "../ports/io";
import { deregisterSilent, leaveCluster } from "./leaveCluster";
import {
    stopStandaloneTasks,
    waitForTasks,
    waitUntilUnblocked,
    type Blocker,
    type CleanUp,
} from "./stopTasks";
import { isOwned, type DestroyTarget } from "./survey";

/**
 * Removes from the cluster what the engine does not know of, in the order of the guide's section "Clean up": services
 * to 0, tasks to 0, services deleted; then what the guide has no word for. Idempotent. In a cluster that is not this
 * environment's own, only its own hosts are drained.
 * @param timeoutSeconds how long tasks may take to stop
 * @returns what went, in the order in which it went
 * @throws AppError CLUSTER_NOT_EMPTY (exit 5) naming the tasks that did not stop in time
 */
export async function emptyCluster(
    target: DestroyTarget,
    timeoutSeconds: number,
    progress: Progress,
): Promise<readonly EvidenceItem[]> {
    const { aws, clock, clusterName } = target;
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const cleanUp: CleanUp = { ...target, progress, timeoutSeconds, deadline, removed: [] };
    const cluster = unlessDeleted(await aws.ecs.cluster(clusterName));
    if (cluster !== undefined) {
        if (isOwned(cluster, target)) {
            await removeServices(cleanUp);
            await stopStandaloneTasks(cleanUp);
            await deregisterSilent(cleanUp);
        } else {
            await leaveCluster(cleanUp);
        }
    }
    await orWarn(cleanUp, "dropping scale-in protection", () => dropAllProtection(cleanUp));
    return cleanUp.removed;
}

/** Takes the services down in the guide's order: minimums and counts to 0, tasks to 0, services deleted. */
async function removeServices(cleanUp: CleanUp): Promise<void> {
    const { aws, clusterName, progress } = cleanUp;
    const services = await aws.ecs.services(clusterName);
    if (services.length === 0) {
        return;
    }
    await orWarn(cleanUp, "lowering the minimums of Application Auto Scaling", () => lowerMinimums(cleanUp));
    const counted = services.filter((service) => !isDaemon(service));
    for (const service of counted.filter((one) => one.status === "ACTIVE" && one.desired > 0)) {
        await aws.ecs.setDesiredCount(clusterName, service.name, 0);
        progress.note(`service ${service.name}: desired count ${service.desired} -> 0`);
    }
    const groups = new Set(counted.map((service) => `service:${service.name}`));
    await waitForTasks(cleanUp, (task) => groups.has(task.group));
    // Daemons watch over the others (logs, metrics), so they go last. They have no count to lower.
    for (const service of [...counted, ...services.filter(isDaemon)]) {
        await deleteService(cleanUp, service);
    }
    await waitUntilUnblocked(cleanUp, () => servicesLeft(cleanUp));
}

/** Application Auto Scaling would raise the count of a service again that stands below its minimum. */
async function lowerMinimums({ aws, clusterName, progress }: CleanUp): Promise<void> {
    for (const service of await aws.applicationScaling.scalableServices(clusterName)) {
        if (service.min > 0) {
            await aws.applicationScaling.setMinimum(service.resourceId, 0);
            progress.note(`${service.resourceId}: minimum ${service.min} -> 0`);
        }
    }
}

async function deleteService(
    { aws, clusterName, progress, removed }: CleanUp,
    { name, arn }: Service,
): Promise<void> {
    await aws.ecs.deleteService(clusterName, name);
    progress.note(`service ${name}: deleted`);
    removed.push({ type: "ecs:service", name, id: arn });
}

/** A deleted service is DRAINING until its last task has stopped, and keeps the cluster from being deleted. */
async function servicesLeft({ aws, clusterName }: CleanUp): Promise<readonly Blocker[]> {
    const [services, hosts] = await Promise.all([
        aws.ecs.services(clusterName),
        aws.ecs.containerInstances(clusterName),
    ]);
    // With an agent gone silent the last task never counts as stopped; the service goes with the host.
    return hosts.some((host) => !host.agentConnected)
        ? []
        : services.map((service) => ({
              name: `service ${service.name}`,
              state: `${service.status}, ${service.running + service.pending} tasks`,
          }));
}

async function dropAllProtection(cleanUp: CleanUp): Promise<void> {
    const groups = await cleanUp.aws.autoScaling.groups(proofOf(cleanUp.owner));
    for (const group of groups.filter(({ name }) => isProvenOwn(cleanUp, name))) {
        await dropScaleInProtection(cleanUp, group, cleanUp.progress);
    }
}

/** Goes on with a warning where the caller lacks a permission, or AWS (or what stands in for it) lacks the call. */
async function orWarn({ progress }: CleanUp, what: string, work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        progress.note(`warning: ${what} is left out: ${error.message}`);
    }
}

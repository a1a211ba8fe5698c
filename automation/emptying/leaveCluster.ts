import { findInstances } from "../hosts/find";
import { deregisterSilentHosts, drainActive } from "../hosts/leaving";
import { hasProof } from "../inventory/drift";
import { isServiceTask } from "../hosts/tasks";
import type { ContainerInstance, Task } from "../ports/aws";
import type { CleanUp } from "./cleanUp";
import { stopTasks, waitForTasks } from "./tasks";

/**
 * Takes this environment's hosts out of a cluster that belongs to somebody else: no new tasks, the services' tasks
 * move to other hosts, what nobody would start anew is stopped. Services are never touched.
 */
export async function leaveCluster(cleanUp: CleanUp): Promise<void> {
    const { aws, clusterName, progress } = cleanUp;
    const { own, strays } = await findInstances(cleanUp);
    const ids = new Set([...own, ...(hasProof(cleanUp) ? strays : [])].map(({ instanceId }) => instanceId));
    const registered = await aws.ecs.containerInstances(clusterName);
    const ours = registered.filter((instance) => ids.has(instance.instanceId));
    await drainActive(cleanUp, ours, progress);
    const places = new Set(ours.map((instance) => instance.arn));
    const onOurs = (task: Task): boolean => places.has(task.containerInstanceArn ?? "");
    const tasks = (await aws.ecs.tasks(clusterName)).filter(onOurs);
    await stopTasks(
        cleanUp,
        tasks.filter((task) => !isServiceTask(task)),
    );
    await waitForTasks(cleanUp, onOurs);
    await deregisterSilent(cleanUp, (instance) => ids.has(instance.instanceId));
}

/** Deregisters hosts whose agent is gone, and records it. */
export function deregisterSilent(
    cleanUp: CleanUp,
    isOurs: (instance: ContainerInstance) => boolean = () => true,
): Promise<void> {
    return deregisterSilentHosts(cleanUp, isOurs, cleanUp.progress, ({ instanceId, arn }) =>
        cleanUp.removed.push({ type: "ecs:container-instance", name: instanceId, id: arn }),
    );
}

import { findInstances } from "../hosts/find";
import { hasProof } from "../inventory/drift";
import { isServiceTask } from "../hosts/tasks";
import type { ContainerInstance, Task } from "../ports/aws";
import { stopTasks, waitForTasks, type CleanUp } from "./stopTasks";

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
    const active = ours.filter((instance) => instance.agentConnected && instance.status === "ACTIVE");
    if (active.length > 0) {
        await aws.ecs.drain(
            clusterName,
            active.map((instance) => instance.arn),
        );
        progress.note(`draining ${active.map((instance) => instance.instanceId).join(", ")}`);
    }
    const places = new Set(ours.map((instance) => instance.arn));
    const onOurs = (task: Task): boolean => places.has(task.containerInstanceArn ?? "");
    const tasks = (await aws.ecs.tasks(clusterName)).filter(onOurs);
    await stopTasks(
        cleanUp,
        tasks.filter((task) => !isServiceTask(task)),
    );
    await waitForTasks(cleanUp, onOurs);
    await deregisterSilentHosts(cleanUp, (instance) => ids.has(instance.instanceId));
}

/**
 * Deregisters the hosts whose agent is gone. ECS deregisters a host that ends while its agent is connected; one that
 * ends without stays as a ghost and keeps the cluster from being deleted
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html).
 */
export async function deregisterSilentHosts(
    { aws, clusterName, progress, removed }: CleanUp,
    isOurs: (instance: ContainerInstance) => boolean = () => true,
): Promise<void> {
    for (const instance of await aws.ecs.containerInstances(clusterName)) {
        if (!instance.agentConnected && isOurs(instance)) {
            await aws.ecs.deregister(clusterName, instance.arn);
            progress.note(`host ${instance.instanceId}: agent not connected, deregistered`);
            removed.push({ type: "ecs:container-instance", name: instance.instanceId, id: instance.arn });
        }
    }
}

import type { Target } from "../environment/target";
import type { ContainerInstance, Task } from "../ports/aws";
import type { ScalingGroup } from "../ports/scalingServices";
import type { Progress } from "../ports/io";
import { shortId } from "./tasks";

/** Where hosts leave a cluster. */
type Place = Pick<Target, "aws" | "clusterName">;
type Notes = Pick<Progress, "note">;

/** Has ECS move tasks off hosts and bring no new ones; of a host whose agent is gone nobody can. */
export async function drainActive(
    { aws, clusterName }: Place,
    instances: readonly ContainerInstance[],
    progress: Notes,
): Promise<void> {
    const active = instances.filter(({ agentConnected, status }) => agentConnected && status === "ACTIVE");
    if (active.length > 0) {
        await aws.ecs.drain(
            clusterName,
            active.map(({ arn }) => arn),
        );
        progress.note(`draining ${active.map(({ instanceId }) => instanceId).join(", ")}`);
    }
}

/** Asks tasks to stop. @param onStopped told of each */
export async function stopTasks(
    { aws, clusterName }: Place,
    tasks: readonly Task[],
    reason: string,
    progress: Notes,
    onStopped: (task: Task) => void = () => undefined,
): Promise<void> {
    for (const task of tasks) {
        await aws.ecs.stopTask(clusterName, task.arn, reason);
        progress.note(`task ${task.taskDefinition} (${shortId(task.arn)}): stopped`);
        onStopped(task);
    }
}

/**
 * Deregisters the hosts whose agent is gone. ECS deregisters a host that ends while its agent is connected; one that
 * ends without stays as a ghost and keeps the cluster from being deleted
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html).
 * @param onDeregistered told of each
 */
export async function deregisterSilentHosts(
    { aws, clusterName }: Place,
    isOurs: (instance: ContainerInstance) => boolean,
    progress: Notes,
    onDeregistered: (instance: ContainerInstance) => void = () => undefined,
): Promise<void> {
    for (const instance of await aws.ecs.containerInstances(clusterName)) {
        if (!instance.agentConnected && isOurs(instance)) {
            await aws.ecs.deregister(clusterName, instance.arn);
            progress.note(`host ${instance.instanceId}: agent not connected, deregistered`);
            onDeregistered(instance);
        }
    }
}

/** A protected host keeps its group from shrinking, and with it from being deleted. */
export async function dropScaleInProtection(
    { aws }: Pick<Target, "aws">,
    { name, protectedInstanceIds }: Pick<ScalingGroup, "name" | "protectedInstanceIds">,
    progress: Notes,
): Promise<void> {
    if (protectedInstanceIds.length > 0) {
        await aws.autoScaling.dropScaleInProtection(name, protectedInstanceIds);
        progress.note(`scale-in protection of ${protectedInstanceIds.length} in ${name} dropped`);
    }
}

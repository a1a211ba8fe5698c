import type { ContainerInstance } from "../../../ports/aws";
import type { Emptying } from "./emptying";

/**
 * Deregisters the hosts whose agent is gone. ECS deregisters a host that ends while its agent is connected; one that
 * ends without stays as a ghost and keeps the cluster from being deleted
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html).
 */
export async function deregisterSilentHosts(
    emptying: Emptying,
    isOurs: (instance: ContainerInstance) => boolean = () => true,
): Promise<void> {
    const { aws, request, removed } = emptying;
    for (const instance of await aws.ecs.containerInstances(request.clusterName)) {
        if (!instance.agentConnected && isOurs(instance)) {
            await aws.ecs.deregister(request.clusterName, instance.arn);
            request.progress.note(`host ${instance.instanceId}: agent not connected, deregistered`);
            removed.push({ type: "ecs:container-instance", name: instance.instanceId, id: instance.arn });
        }
    }
}

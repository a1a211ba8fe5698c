import {
    explainPlacement,
    roomFor,
    type PlacementHost,
    type TaskNeeds,
} from "../../components/model/services/explainPlacement";
import type { Target } from "../environment/target";
import type { ContainerInstance } from "../ports/aws";
import type { Registered } from "../ports/deploymentServices";

/** What a task definition needs of a host. */
export function needsOf({ containers, hostPorts, requiresAttributes }: Registered): TaskNeeds {
    return {
        cpuUnits: containers.reduce((sum, { cpuUnits }) => sum + cpuUnits, 0),
        memoryMiB: containers.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
        hostPorts,
        attributes: requiresAttributes,
    };
}

function toPlacementHost(one: ContainerInstance): PlacementHost {
    const { instanceId, status, agentConnected, free, takenPorts, attributes } = one;
    return { name: instanceId, status, agentConnected, free, takenPorts, attributes };
}

/** Why no host takes one more task, a line a host; empty where one would. */
export async function whyNoHost(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    needs: TaskNeeds,
): Promise<readonly string[]> {
    const hosts = await aws.ecs.containerInstances(clusterName);
    return explainPlacement(needs, hosts.map(toPlacementHost));
}

/** How many more tasks fit beside what runs. */
export async function roomLeft(
    { aws, clusterName }: Pick<Target, "aws" | "clusterName">,
    needs: TaskNeeds,
): Promise<number> {
    return roomFor(needs, (await aws.ecs.containerInstances(clusterName)).map(toPlacementHost));
}

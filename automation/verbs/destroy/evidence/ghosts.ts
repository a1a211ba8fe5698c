import { tagKeys } from "../../../../components/model/tags";
import type { ContainerInstance } from "../../../ports/aws";
import type { Aws } from "../../../ports/awsServices";
import type { EvidenceItem, EvidenceRequest } from "../../../hosts/contracts";
import type { Unseen } from "./inventory";
import { isGone } from "../../../hosts/hosts";

/**
 * Deregisters ghosts: container instances of this environment whose EC2 instance is gone. They may be in its own
 * cluster, or in `default`, where an agent registers that found no cluster configured. A caller who may look into no
 * cluster but the own one is warned.
 */
export async function deregisterGhosts(
    aws: Aws,
    request: EvidenceRequest,
    unseen: Unseen,
): Promise<readonly EvidenceItem[]> {
    const tagged = await aws.ec2.instances({ [tagKeys.stack]: request.stack });
    const ids = new Set([...request.survey.hosts, ...tagged].map((host) => host.instanceId));
    const present = await aws.ec2.instancesById([...ids]);
    const alive = new Set(present.filter((host) => !isGone(host)).map((host) => host.instanceId));
    const clusters = new Set([
        request.clusterName,
        "default",
        ...request.survey.hosts.flatMap((host) => host.containerInstance?.clusterName ?? []),
    ]);
    const removed: EvidenceItem[] = [];
    for (const cluster of clusters) {
        for (const instance of await registeredIn(aws, cluster, request, unseen)) {
            if (ids.has(instance.instanceId) && !alive.has(instance.instanceId)) {
                await aws.ecs.deregister(cluster, instance.arn);
                request.progress.note(`ghost of ${instance.instanceId} in cluster ${cluster}: deregistered`);
                removed.push({
                    type: "ecs:container-instance",
                    name: instance.instanceId,
                    id: instance.arn,
                    reason: "its EC2 instance was gone",
                });
            }
        }
    }
    return removed;
}

async function registeredIn(
    aws: Aws,
    cluster: string,
    request: EvidenceRequest,
    unseen: Unseen,
): Promise<readonly ContainerInstance[]> {
    try {
        return await aws.ecs.containerInstances(cluster);
    } catch (error) {
        if (cluster === request.clusterName) {
            throw error;
        }
        unseen(`hosts in cluster ${cluster}`, error);
        return [];
    }
}

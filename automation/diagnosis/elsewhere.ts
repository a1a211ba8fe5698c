import pLimit from "p-limit";

import { isRefusedByAws } from "../errors/appError";
import type { ContainerInstance, Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

/** An account may have hundreds of clusters. */
const clustersAtOnce = 8;

/** Looks for hosts in the account's other clusters, `default` first: agents without a cluster go there. */
export async function findElsewhere(
    aws: Pick<Aws, "ecs">,
    wanted: string,
    hosts: readonly Pick<Host, "instanceId">[],
): Promise<ReadonlyMap<string, ContainerInstance>> {
    const found = new Map<string, ContainerInstance>();
    if (hosts.length === 0) {
        return found;
    }
    const ids = new Set(hosts.map(({ instanceId }) => instanceId));
    const names = (await aws.ecs.clusterNames()).filter((name) => name !== wanted);
    names.sort((one, other) => Number(other === "default") - Number(one === "default"));
    await pLimit(clustersAtOnce).map(names, async (name) => {
        if (found.size === ids.size) {
            return;
        }
        for (const instance of await membersOf(aws, name)) {
            if (ids.has(instance.instanceId)) {
                found.set(instance.instanceId, instance);
            }
        }
    });
    return found;
}

/** A cluster of others that may not be looked into hides nothing of the rest. */
async function membersOf(aws: Pick<Aws, "ecs">, cluster: string): Promise<readonly ContainerInstance[]> {
    try {
        return await aws.ecs.containerInstances(cluster);
    } catch (error) {
        if (isRefusedByAws(error)) {
            return [];
        }
        throw error;
    }
}

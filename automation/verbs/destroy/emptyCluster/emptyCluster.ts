import { tagKeys } from "../../../../components/model/tags";
import type { Aws } from "../../../ports/awsServices";
import type { Clock } from "../../../ports/io";
import type { EmptyClusterRequest, EvidenceItem } from "../../../hosts/contracts";
import { leaveCluster } from "./adoptedCluster";
import { orWarn, type Emptying } from "./emptying";
import { deregisterSilentHosts } from "./silentHosts";
import { removeServices } from "./services";
import { stopStandaloneTasks } from "./tasks";
import { isOwned } from "../ownership";

/**
 * Removes from the cluster what the engine does not know of, in the order of the guide's section "Clean up": services
 * to 0, tasks to 0, services deleted; then what the guide has no word for. Idempotent. In a cluster that is not this
 * environment's own, only its own hosts are drained.
 * @throws AppError CLUSTER_NOT_EMPTY naming the tasks that did not stop in time
 */
export async function emptyCluster(
    aws: Aws,
    clock: Clock,
    request: EmptyClusterRequest,
): Promise<readonly EvidenceItem[]> {
    const deadline = clock.now().getTime() + request.timeoutSeconds * 1000;
    const emptying: Emptying = { aws, clock, request, deadline, removed: [] };
    const cluster = await aws.ecs.cluster(request.clusterName);
    if (cluster !== undefined && cluster.status !== "INACTIVE") {
        if (isOwned(cluster, request)) {
            await removeServices(emptying);
            await stopStandaloneTasks(emptying);
            await deregisterSilentHosts(emptying);
        } else {
            await leaveCluster(emptying);
        }
    }
    await orWarn(emptying, "dropping scale-in protection", () => dropScaleInProtection(emptying));
    return emptying.removed;
}

/** A protected host keeps its group from shrinking, and with it from being deleted. */
async function dropScaleInProtection({ aws, request }: Emptying): Promise<void> {
    for (const group of await aws.autoScaling.groups({ [tagKeys.stack]: request.stack })) {
        if (group.protectedInstanceIds.length > 0) {
            await aws.autoScaling.dropScaleInProtection(group.name, group.protectedInstanceIds);
            request.progress.note(
                `scale-in protection of ${group.protectedInstanceIds.length} in ${group.name} dropped`,
            );
        }
    }
}

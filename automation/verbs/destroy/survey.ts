import { tagKeys } from "../../../components/model/tags";
import type { Aws } from "../../ports/awsServices";
import { requireSamePlace } from "../../environment/accountGuard";
import type { ClusterSurvey, SurveyRequest } from "../../hosts/contracts";
import { findHosts, isGone } from "../../hosts/hosts";
import { isOwned } from "./ownership";
import { isServiceTask, shortId } from "../../hosts/tasks";

/**
 * Reads what stands in and around the cluster. Services and tasks of a cluster that is not this environment's own
 * are none of its business and are left out.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function survey(aws: Aws, request: SurveyRequest): Promise<ClusterSurvey> {
    const { clusterName, stack } = request;
    requireSamePlace(await aws.identity.caller(), request.clusterArn);
    const [cluster, hosts, services, tasks, volumes] = await Promise.all([
        aws.ecs.cluster(clusterName),
        findHosts(aws, { stack, clusterName }),
        aws.ecs.services(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ec2.volumes({ [tagKeys.stack]: stack }),
    ]);
    const active = cluster !== undefined && cluster.status !== "INACTIVE" ? cluster : undefined;
    const owned = isOwned(active, request);
    return {
        cluster: active,
        hosts: hosts.filter((host) => !isGone(host)),
        services: owned ? services : [],
        standaloneTasks: owned
            ? tasks
                  .filter((task) => !isServiceTask(task))
                  .map((task) => `${task.taskDefinition} (${shortId(task.arn)})`)
            : [],
        volumes: volumes.map((volume) => ({
            volumeId: volume.id,
            name: volume.tags[tagKeys.name] ?? volume.id,
            sizeGiB: volume.sizeGiB,
            keep: volume.tags[tagKeys.keep] === "true",
        })),
    };
}

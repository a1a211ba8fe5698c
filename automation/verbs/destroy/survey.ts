import { unlessDeleted } from "../../../components/model/checks/reads";
import { carries, proofOf, tagKeys } from "../../../components/model/tags";
import { requireSamePlace } from "../../preflight/findings";
import { clusterOf, type Target } from "../../environment/target";
import { findHosts, isGone } from "../../hosts/find";
import { isServiceTask, shortId } from "../../hosts/tasks";
import type { ClusterStatus, Host, Service } from "../../ports/aws";
import type { Outputs, StateResource } from "../../ports/engine";
import type { SettingsFile } from "../../settings/settingsFile";

/** Pulumi's type token of an ECS cluster. */
const clusterType = "aws:ecs/cluster:Cluster";

/** The environment that goes, with the cluster that its destroy is about. */
export interface DestroyTarget extends Target {
    /** The cluster is used without being owned: services of others in it are never touched. */
    readonly adopted: boolean;
}

/** What stands in and around the cluster before anything is removed; the material of the plan. */
export interface ClusterSurvey {
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    readonly hosts: readonly Host[];
    /** Hosts that carry the environment's tags, and that its state does not know. */
    readonly strays: readonly Host[];
    readonly services: readonly Service[];
    /** Tasks that belong to no service. */
    readonly standaloneTasks: readonly string[];
    readonly volumes: readonly SurveyedVolume[];
}

export interface SurveyedVolume {
    readonly volumeId: string;
    readonly name: string;
    readonly sizeGiB: number;
    /** Set by `keepOnDestroy`: the volume outlives the environment. */
    readonly keep: boolean;
}

/**
 * Which cluster an environment's destroy is about. It is ours only where the state owns a cluster; otherwise the
 * name may stand for somebody else's, and what runs in it is not touched.
 */
export function clusterToDestroy(
    environment: string,
    file: Pick<SettingsFile, "config">,
    outputs: Outputs,
    resources: readonly StateResource[],
): Pick<DestroyTarget, "clusterName" | "clusterArn" | "adopted"> {
    const owned = resources.find((resource) => resource.type === clusterType);
    const { clusterName, clusterArn } = clusterOf(outputs, "");
    // As Pulumi hands it to the program, which also takes a number for a name.
    const written = String(file.config["sles-ecs:clusterName"] ?? "");
    return {
        clusterName: owned?.id.split("/").at(-1) || clusterName || (written !== "" ? written : environment),
        clusterArn: owned?.id ?? clusterArn,
        adopted: owned === undefined,
    };
}

/**
 * Whether the cluster is this environment's to empty and delete: not adopted, and tagged with its stack. Settings
 * alone do not prove it, because they may name a cluster that was refused, or that somebody else made since.
 */
export function isOwned(
    cluster: ClusterStatus | undefined,
    { adopted, owner }: Pick<DestroyTarget, "adopted" | "owner">,
): boolean {
    return cluster !== undefined && !adopted && carries(cluster.tags, proofOf(owner));
}

/**
 * Reads what stands in and around the cluster. Services and tasks of a cluster that is not this environment's own
 * are none of its business and are left out.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function survey(target: DestroyTarget): Promise<ClusterSurvey> {
    const { aws, clusterName, owner } = target;
    requireSamePlace(await aws.identity.caller(), target.clusterArn);
    const [cluster, { hosts, strays }, services, tasks, volumes] = await Promise.all([
        aws.ecs.cluster(clusterName),
        findHosts(target),
        aws.ecs.services(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ec2.volumes(proofOf(owner)),
    ]);
    const standing = unlessDeleted(cluster);
    const owned = isOwned(standing, target);
    return {
        cluster: standing,
        hosts: hosts.filter((host) => !isGone(host)),
        strays,
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

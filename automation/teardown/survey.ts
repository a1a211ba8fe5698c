import { onceEach, type EvidenceItem } from "../../components/model/evidence";
import type { CommandLine } from "../../components/model/commandLine";
import { unlessDeleted } from "../../components/model/checks/reads";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import { requireSamePlace } from "../preflight/findings";
import { clusterOf, type Target } from "../environment/target";
import { joinHosts } from "../hosts/find";
import { askLists, type Found } from "../inventory/find";
import { warnOfUnreadable } from "../inventory/unreadable";
import { findDrift, isProvenOwn } from "../inventory/drift";
import { isServiceTask, shortId } from "../hosts/tasks";
import type { ClusterStatus, Host, Service, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import { clusterIn, type Outputs, type StateResource } from "../ports/engine";
import type { SettingsFile } from "../settings/settingsFile";

/** The environment that goes, with the cluster that its destroy is about. */
export interface DestroyTarget extends Target {
    /** The cluster is used without being owned: services of others in it are never touched. */
    readonly adopted: boolean;
    /** The command to go on with where this one ends early. @default - `destroy` of the environment */
    readonly again?: CommandLine;
}

/** What stands in and around the cluster before anything is removed; the material of the plan. */
export interface ClusterSurvey {
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    /** Whether that cluster goes. */
    readonly clusterIsOwn: boolean;
    readonly hosts: readonly Host[];
    /** What carries the environment's id, and its state does not know. */
    readonly strays: readonly Found[];
    readonly services: readonly Service[];
    /** Tasks in that cluster. */
    readonly tasks: readonly Task[];
    /** Those of them that belong to no service, in words. */
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
 * Which cluster an environment's destroy is about. It is ours where the state owns a cluster, or where the cluster
 * carries our id and is not to be adopted, as an update leaves it that was killed; otherwise the name may stand for
 * somebody else's, and what runs in it is not touched.
 */
export function clusterToDestroy(
    {
        environment,
        owner,
        file,
    }: Pick<Target, "environment" | "owner"> & { readonly file: Pick<SettingsFile, "config"> },
    outputs: Outputs,
    resources: readonly StateResource[],
): Pick<DestroyTarget, "clusterName" | "clusterArn" | "adopted"> {
    const owned = clusterIn(resources);
    const { clusterName, clusterArn } = clusterOf(outputs, "");
    // As Pulumi hands it to the program, which also takes a number for a name.
    const named = file.config["sles-ecs:clusterName"];
    const written = typeof named === "string" || typeof named === "number" ? String(named) : "";
    const adopt = file.config["sles-ecs:adoptCluster"] ?? false;
    return {
        clusterName: owned?.clusterName || clusterName || (written !== "" ? written : environment),
        clusterArn: owned?.clusterArn ?? clusterArn,
        adopted: owned === undefined && (owner.stackId === undefined || adopt !== false),
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
export async function survey(
    target: DestroyTarget,
    progress: Pick<Progress, "note">,
): Promise<ClusterSurvey> {
    const { aws, clusterName, owner } = target;
    requireSamePlace(await aws.identity.caller(), target.clusterArn);
    const known = askLists({ aws, clusterName, tags: proofOf(owner) });
    const [cluster, { hosts, strays }, registered, services, tasks, volumes] = await Promise.all([
        known.cluster,
        findDrift(target, [], warnOfUnreadable(progress), known),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.services(clusterName),
        aws.ecs.tasks(clusterName),
        known.volumes,
    ]);
    const standing = unlessDeleted(cluster);
    const owned = isOwned(standing, target);
    return {
        cluster: standing,
        clusterIsOwn: owned,
        hosts: joinHosts(hosts, registered),
        strays,
        services: owned ? services : [],
        tasks: owned ? tasks : [],
        standaloneTasks: owned
            ? tasks
                  .filter((task) => !isServiceTask(task))
                  .map((task) => `${task.taskDefinition} (${shortId(task.arn)})`)
            : [],
        volumes: volumes
            .filter(({ id }) => isProvenOwn(target, id))
            .map((volume) => ({
                volumeId: volume.id,
                name: volume.tags[tagKeys.name] ?? volume.id,
                sizeGiB: volume.sizeGiB,
                keep: volume.tags[tagKeys.keep] === "true",
            })),
    };
}

/** All of it as the record of a destroy has it: by the state, and by AWS. */
export function whatWasThere(
    { cluster, clusterIsOwn, hosts, strays, services, tasks, volumes }: ClusterSurvey,
    resources: readonly StateResource[],
): readonly EvidenceItem[] {
    const items: readonly EvidenceItem[] = [
        ...resources
            .filter(({ type, id }) => id !== "" && !type.startsWith("pulumi:"))
            .map(({ type, name, id }) => ({ type, name, id })),
        ...hosts.map(({ instanceId: id, tags }) => ({
            type: "ec2:instance",
            name: tags[tagKeys.name] ?? id,
            id,
        })),
        ...hosts.flatMap(({ instanceId: name, containerInstance }) =>
            containerInstance === undefined
                ? []
                : [{ type: "ecs:container-instance", name, id: containerInstance.arn }],
        ),
        ...(clusterIsOwn && cluster !== undefined
            ? [{ type: "ecs:cluster", name: cluster.name, id: cluster.arn }]
            : []),
        ...services.map(({ name, arn: id }) => ({ type: "ecs:service", name, id })),
        ...tasks.map(({ taskDefinition: name, arn: id }) => ({ type: "ecs:task", name, id })),
        ...volumes.map(({ volumeId: id, name }) => ({ type: "ec2:volume", name, id })),
        ...strays.map(({ type, name, id }) => ({ type, name, id })),
    ];
    return onceEach(items);
}

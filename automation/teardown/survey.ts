import { onceEach, type EvidenceItem } from "../../components/model/evidence";
import { unlessDeleted } from "../../components/model/checks/reads";
import { tagKeys } from "../../components/model/tags";
import { requireSamePlace } from "../preflight/findings";
import { clusterOf, type Target } from "../environment/target";
import type { Loans } from "../hosts/loans";
import { providersOfLoans, readLoans } from "../inventory/lentItems";
import { findAdditions, type Additions } from "../emptying/additions";
import { isOwned, type DestroyTarget } from "../emptying/cleanUp";
import { ownRunning } from "../emptying/ownRunning";
import { joinHosts } from "../hosts/find";
import { findKeptEarlier } from "../inventory/earlierLives";
import { askLists, type Lists } from "../inventory/find";
import { repositoryType, type Found } from "../inventory/found";
import { warnOfUnreadable } from "../inventory/unreadable";
import { isKeptRepository, repositoryStateType } from "../inventory/repositories";
import { findDrift, isProvenOwn, searchFor } from "../inventory/drift";
import { isServiceTask, shortId } from "../hosts/tasks";
import type { ClusterStatus, Host, Service, Task } from "../ports/aws";
import type { Progress } from "../ports/io";
import { clusterIn, type Outputs, type StateResource } from "../ports/engine";
import type { SettingsFile } from "../settings/settingsFile";

/** What stands in and around the cluster before anything is removed; the material of the plan. */
export interface ClusterSurvey {
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    /** Whether that cluster goes. */
    readonly clusterIsOwn: boolean;
    readonly hosts: readonly Host[];
    /** What carries the environment's id, and its state does not know. */
    readonly strays: readonly Found[];
    /** In a cluster of others, those alone that `service deploy` has made for this environment. */
    readonly services: readonly Service[];
    /** In a cluster of others, those of these services alone. */
    readonly tasks: readonly Task[];
    /** Those of them that belong to no service, in words. */
    readonly standaloneTasks: readonly string[];
    readonly volumes: readonly SurveyedVolume[];
    /** The environment's own. */
    readonly repositories: readonly SurveyedRepository[];
    readonly additions: Additions;
    /** What is lent to the environment, and lives on. */
    readonly loans: Loans;
}

export interface SurveyedRepository {
    readonly name: string;
    readonly images: number;
    /** It outlives the environment, with its images. */
    readonly keep: boolean;
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
 * Reads what stands in and around the cluster. In a cluster that is not this environment's own, services and tasks of
 * others are none of its business and are left out.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function survey(
    target: DestroyTarget,
    progress: Pick<Progress, "note">,
): Promise<ClusterSurvey> {
    const { aws, clusterName } = target;
    requireSamePlace(await aws.identity.caller(), target.clusterArn);
    const known = askLists(searchFor(target));
    const onUnreadable = warnOfUnreadable(progress);
    const [cluster, { hosts, strays, others }, registered, services, tasks, kept, loans] = await Promise.all([
        known.cluster,
        findDrift(target, [], onUnreadable, known),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.services(clusterName),
        aws.ecs.tasks(clusterName),
        surveyKept(target, known),
        readLoans(aws, target.owner, onUnreadable),
    ]);
    const standing = unlessDeleted(cluster);
    const owned = isOwned(standing, target);
    const running = owned ? { services, tasks } : ownRunning({ services, tasks }, target);
    return {
        additions: await findAdditions(
            target,
            {
                cluster: owned ? standing : undefined,
                registered,
                ours: new Set([...hosts.map(({ instanceId }) => instanceId), ...strays.map(({ id }) => id)]),
                groups: await known.groups.catch(() => []),
                templateIds: templatesIn(target, strays),
            },
            onUnreadable,
        ),
        loans,
        cluster: standing,
        clusterIsOwn: owned,
        hosts: joinHosts(hosts, registered),
        strays: [...strays, ...others],
        ...running,
        standaloneTasks: running.tasks
            .filter((task) => !isServiceTask(task))
            .map((task) => `${task.taskDefinition} (${shortId(task.arn)})`),
        ...kept,
    };
}

/** Volumes and repositories, whether they are to be kept or not: also those that an earlier life has kept. */
async function surveyKept(
    target: DestroyTarget,
    known: Pick<Lists, "volumes" | "repositories">,
): Promise<Pick<ClusterSurvey, "volumes" | "repositories">> {
    const [volumes, repositories, earlier] = await Promise.all([
        known.volumes,
        // What may not be asked for has been told of.
        known.repositories.catch(() => []),
        findKeptEarlier(target),
    ]);
    return {
        repositories: [
            ...repositories.filter(({ name }) => isProvenOwn(target, name)),
            ...earlier.repositories,
        ].map((one) => ({ name: one.name, images: one.images, keep: isKeptRepository(one) })),
        volumes: [...volumes.filter(({ id }) => isProvenOwn(target, id)), ...earlier.volumes].map(
            (volume) => ({
                volumeId: volume.id,
                name: volume.tags[tagKeys.name] ?? volume.id,
                sizeGiB: volume.sizeGiB,
                keep: volume.tags[tagKeys.keep] === "true",
            }),
        ),
    };
}

/** Ids of launch templates that are an environment's own, also where its state is lost. */
export function templatesIn(
    { stateIds }: Pick<Target, "stateIds">,
    strays: readonly Found[],
): ReadonlySet<string> {
    const found = strays.filter(({ type }) => type === "ec2:launch-template").map(({ id }) => id);
    return new Set([...stateIds, ...found]);
}

/** All of it as the record of a destroy has it: by the state, and by AWS. */
export function whatWasThere(
    {
        cluster,
        clusterIsOwn,
        hosts,
        strays,
        services,
        tasks,
        volumes,
        repositories,
        additions,
        loans,
    }: ClusterSurvey,
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
        ...additions.daemons.map(({ name, arn: id }) => ({ type: "ecs:daemon", name, id })),
        ...additions.scoped.map(({ name, arn: id }) => ({ type: "ecs:capacity-provider", name, id })),
        ...providersOfLoans(loans),
        ...additions.hostsOfOthers.map(({ instanceId: name, arn: id }) => ({
            ...{ type: "ecs:container-instance", name, id },
        })),
        ...volumes.map(({ volumeId: id, name }) => ({ type: "ec2:volume", name, id })),
        ...repositories
            .filter(
                ({ name }) => !resources.some(({ type, id }) => type === repositoryStateType && id === name),
            )
            .map(({ name }) => ({ type: repositoryType, name, id: name })),
        ...strays.map(({ type, name, id }) => ({ type, name, id })),
    ];
    return onceEach(items);
}

import { unlessDeleted } from "../../components/model/checks/reads";
import { mayBeNamedFor } from "../../components/model/names";
import { balancerStart, familyStart } from "../../components/model/services/serviceNames";
import { carries, tagKeys, type TagQuery } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { isGone } from "../hosts/find";
import type { ClusterStatus, TaggedResource } from "../ports/aws";
import type { Volume } from "../ports/awsServices";
import type { Repository } from "../ports/ecrService";
import type { ScalingGroup } from "../ports/scalingServices";
import { findOthers } from "./others";
import { findRepositories, foundRepository } from "./repositories";
import { orUnreadable, type OnUnreadable } from "./unreadable";
import { found, scheduleGroup, serviceTypes, type Found } from "./found";

/** What a search goes by. */
export interface Search extends Pick<Target, "aws" | "environment" | "leased"> {
    /** Name of a cluster that is looked for; missing where it is an adopted one. */
    readonly clusterName: string | undefined;
    /** What everything that is looked for carries. */
    readonly tags: TagQuery;
    /** Ids of hosts that are looked for even if somebody took their tags. */
    readonly hostIds: readonly string[];
    /** Names of repositories that are looked for, beside those that the tagging API knows. */
    readonly repositoryNames: readonly string[];
    /** Names of IAM's that are looked for whatever they are called. */
    readonly iamNames: ReadonlySet<string>;
}

/** What of an environment is looked at as a whole, beside being looked for. */
export interface Lists {
    readonly cluster: Promise<ClusterStatus | undefined>;
    readonly groups: Promise<readonly ScalingGroup[]>;
    readonly volumes: Promise<readonly Volume[]>;
    /** What the tagging API knows. */
    readonly tagged: Promise<readonly TaggedResource[]>;
    readonly repositories: Promise<readonly Repository[]>;
}

/** Asks for them; whoever looks at one of them hands them on, so that AWS is asked once. */
export function askLists({
    aws,
    clusterName,
    tags,
    repositoryNames,
}: Pick<Search, "aws" | "clusterName" | "tags" | "repositoryNames">): Lists {
    const tagged = aws.tagging.resources(tags);
    return {
        tagged,
        // What the tagging API does not tell is known by name.
        repositories: tagged
            .catch(() => [])
            .then((resources) => findRepositories(aws, tags, repositoryNames, resources)),
        cluster: clusterName === undefined ? Promise.resolve(undefined) : aws.ecs.cluster(clusterName),
        groups: aws.autoScaling.groups(tags),
        volumes: aws.ec2.volumes(tags),
    };
}

/**
 * Everything in AWS that carries these tags. Each service is asked itself, because the tagging API lags
 * behind and knows no IAM roles; the tagging API is asked for all that nobody thought of.
 */
export async function findTagged(
    search: Search,
    onUnreadable: OnUnreadable,
    known: Lists = askLists(search),
): Promise<readonly Found[]> {
    const { aws, environment, leased, tags, iamNames } = search;
    const tolerate = <T>(what: string, read: Promise<readonly T[]>): Promise<readonly T[]> =>
        orUnreadable(onUnreadable, what, read);
    // IAM is asked for the tags of each name.
    const fits = (name: string): boolean => mayBeNamedFor(name, environment) || iamNames.has(name);
    const lists = await Promise.all([
        findInEc2(search, known.volumes),
        findCluster(search, known.cluster),
        tolerate("capacity providers", aws.ecs.capacityProviders(tags)).then((list) =>
            list.map((item) => found("ecs:capacity-provider", item.arn)),
        ),
        tolerate("Auto Scaling groups", known.groups).then((list) =>
            list.map((group) => found("autoscaling:group", group.name, group.leaving)),
        ),
        tolerate("IAM roles", aws.iam.roles(tags, fits)).then((list) =>
            list.map((name) => found("iam:role", name)),
        ),
        tolerate("IAM instance profiles", aws.iam.instanceProfiles(tags, fits)).then((list) =>
            list.map((name) => found("iam:instance-profile", name)),
        ),
        // A region may lack the service, and a network the way to it; who has neither lease nor hours needs none.
        leased
            ? tolerate("groups of schedules", aws.scheduler.groups(tags, fits)).then((list) =>
                  list.map((group) => found(scheduleGroup, group.name, group.leaving)),
              )
            : [],
        ...findServiceParts(search).map(([what, read]) => tolerate(what, read)),
        tolerate("repositories", known.repositories).then((list) => list.map(foundRepository)),
        tolerate(
            "resources of other services",
            known.tagged.then((tagged) => findOthers(aws, tags, tagged, leased)),
        ),
    ]);
    return lists.flat();
}

/** What `service deploy` has made, which has the id of the stack in its name: nothing of one without an id. */
function findServiceParts({
    aws,
    tags,
}: Pick<Search, "aws" | "tags">): readonly (readonly [what: string, read: Promise<readonly Found[]>])[] {
    const stackId = tags[tagKeys.stackId];
    if (stackId === undefined) {
        return [];
    }
    const fits = (name: string): boolean => name.startsWith(balancerStart(stackId));
    return [
        [
            "load balancers",
            aws.loadBalancing.tagged(tags, fits).then((list) =>
                list.map(({ type, arn, name }) => ({
                    ...found(
                        type === "loadbalancer" ? serviceTypes.loadBalancer : serviceTypes.targetGroup,
                        arn,
                    ),
                    ...{ name, ofService: true },
                })),
            ),
        ],
        [
            "task definitions",
            aws.ecs
                .ownTaskDefinitions(familyStart(stackId), tags)
                .then((list) =>
                    list.map(({ arn }) => ({ ...found(serviceTypes.taskDefinition, arn), ofService: true })),
                ),
        ],
    ];
}

/**
 * Types, in EC2's words, that this program never makes: they carry its tags because a backup copies those of the volume
 * or the instance (https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html).
 */
export const copies: Readonly<Record<string, string>> = {
    snapshot: "a snapshot with copied tags, as backups make them; not made by this environment",
    image: "an image with copied tags, as backups make them; not made by this environment",
};

async function findInEc2({ aws, tags, hostIds }: Search, asked: Lists["volumes"]): Promise<readonly Found[]> {
    const [resources, volumes, hosts] = await Promise.all([
        aws.ec2.resources(tags),
        asked,
        aws.ec2.instancesById(hostIds),
    ]);
    const volumeOf = new Map(volumes.map((volume) => [volume.id, volume]));
    const tagged = resources.map((resource) => {
        const volume = volumeOf.get(resource.id);
        return {
            ...found(`ec2:${resource.type}`, resource.id, resource.leaving),
            name: volume?.tags[tagKeys.name] ?? resource.id,
            ...(resource.ofService === true ? { ofService: true } : {}),
            ...kept(volume?.tags[tagKeys.keep] === "true" ? "keepOnDestroy" : copies[resource.type]),
        };
    });
    const withTags = new Set(resources.map(({ id }) => id));
    const strays = hosts
        .filter((host) => !isGone(host) && !withTags.has(host.instanceId))
        .map((host) => ({
            ...found("ec2:instance", host.instanceId),
            reason: "it has lost its tags, but it is there",
        }));
    return [...tagged, ...strays];
}

async function findCluster({ tags }: Search, asked: Lists["cluster"]): Promise<readonly Found[]> {
    const cluster = unlessDeleted(await asked);
    return cluster !== undefined && carries(cluster.tags, tags)
        ? [found("ecs:cluster", cluster.arn, cluster.status === "DEPROVISIONING")]
        : [];
}

/** Marks what outlives the environment on purpose. */
function kept(reason: string | undefined): Pick<Found, "keep" | "reason"> {
    return reason === undefined ? { keep: false } : { keep: true, reason };
}

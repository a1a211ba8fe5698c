import { unlessDeleted } from "../../components/model/checks/reads";
import { readLease, type LeaseReading } from "../../components/model/lease";
import { isRoleIn, namePrefix } from "../../components/model/names";
import { serviceFamilyStart } from "../../components/model/services/serviceNames";
import {
    carries,
    managedTags,
    ownershipIn,
    tagKeys,
    type Ownership,
    type Tags,
} from "../../components/model/tags";
import type { Aws } from "../ports/awsServices";
import { copies } from "./find";
import { findRepositories, isKeptRepository } from "./repositories";
import { tagsOfAdded } from "./others";
import { orUnreadable, type OnUnreadable } from "./unreadable";

/** An environment that has something in a region, as the tags there tell of it. */
export interface FoundOwner extends Ownership {
    /** Name of its own cluster; missing where it has none there. */
    readonly clusterName?: string;
    /** What the tags of that cluster tell; `none` also where there is no cluster. */
    readonly lease: LeaseReading;
    /** When its oldest host that is there was launched; nothing else tells how old an environment is. */
    readonly oldestHost?: Date;
    /** Ids of volumes that outlive their environment on purpose. */
    readonly keptVolumes: readonly string[];
    /** Names of repositories that do. */
    readonly keptRepositories: readonly string[];
    /** Something else than what is kept is there. */
    readonly hasMore: boolean;
}

/** One thing that carries tags of this product. */
interface Tagged {
    readonly tags: Tags;
    readonly clusterName?: string;
    readonly launchedAt?: Date;
    readonly keptVolume?: string;
    readonly keptRepository?: string;
}

/**
 * Every environment of this product that has something in a region, whosever it is and whatever the state of it knows.
 * Reads only.
 */
export async function findOwners(
    aws: Aws,
    region: string,
    onUnreadable: OnUnreadable,
): Promise<readonly FoundOwner[]> {
    const lists = await Promise.all(
        lookers.map(([what, look]) => orUnreadable(onUnreadable, what, look(aws, region))),
    );
    const byOwner = new Map<string, { readonly owner: Ownership; readonly all: Tagged[] }>();
    for (const one of lists.flat()) {
        const owner = ownershipIn(one.tags);
        if (owner !== undefined && carries(one.tags, managedTags)) {
            // Without an id the name of the stack is all that there is to go by.
            const key = owner.stackId ?? owner.stack;
            const known = byOwner.get(key) ?? { owner, all: [] };
            known.all.push(one);
            byOwner.set(key, known);
        }
    }
    return [...byOwner.values()].map(({ owner, all }) => ({ ...owner, ...summaryOf(all) }));
}

function summaryOf(all: readonly Tagged[]): Omit<FoundOwner, keyof Ownership> {
    const cluster = all.find(({ clusterName }) => clusterName !== undefined);
    const launches = all.flatMap(({ launchedAt }) => launchedAt?.getTime() ?? []);
    return {
        clusterName: cluster?.clusterName,
        lease: cluster === undefined ? "none" : readLease(cluster.tags),
        oldestHost: launches.length === 0 ? undefined : new Date(Math.min(...launches)),
        keptVolumes: all.flatMap(({ keptVolume }) => keptVolume ?? []),
        keptRepositories: all.flatMap(({ keptRepository }) => keptRepository ?? []),
        hasMore: all.some(
            ({ keptVolume, keptRepository }) => keptVolume === undefined && keptRepository === undefined,
        ),
    };
}

type Look = (aws: Aws, region: string) => Promise<readonly Tagged[]>;

/** IAM and Scheduler tell tags one by one: only of what is called as this product calls it. */
const fits = (name: string): boolean => name.startsWith(namePrefix);

/** What is asked, and how it is called where it may not be. The tagging API lags, so that it is only one of them. */
const lookers: readonly (readonly [what: string, look: Look])[] = [
    [
        "resources of EC2",
        async (aws) => {
            const keys = [tagKeys.environment, tagKeys.stack, tagKeys.stackId, tagKeys.keep];
            // Hosts are asked for themselves: they tell their age.
            return (await aws.ec2.tagged(managedTags, keys))
                .filter(({ type }) => type !== "instance" && !(type in copies))
                .map(({ id, type, tags }) => ({
                    tags,
                    keptVolume: type === "volume" && tags[tagKeys.keep] === "true" ? id : undefined,
                }));
        },
    ],
    [
        "instances",
        async (aws) =>
            (await aws.ec2.instances(managedTags))
                .filter(({ state }) => state !== "terminated")
                .map(({ tags, launchedAt }) => ({ tags, launchedAt })),
    ],
    [
        "clusters",
        async (aws) => {
            const found = await aws.ecs.clusters(await aws.ecs.clusterNames());
            return found
                .filter((one) => unlessDeleted(one) !== undefined)
                .map(({ name, tags }) => ({ tags, clusterName: name }));
        },
    ],
    ["capacity providers", (aws) => aws.ecs.capacityProviders(managedTags)],
    ["Auto Scaling groups", (aws) => aws.autoScaling.groups(managedTags)],
    [
        "IAM roles and instance profiles",
        // IAM is the same in all regions: of environments in others nothing is to be seen here.
        async (aws, region) =>
            (await aws.iam.tagged(managedTags, fits)).filter(({ name, tags }) =>
                isRoleIn(region, name, tags[tagKeys.environment] ?? "", tags[tagKeys.stackId]),
            ),
    ],
    [
        "repositories",
        async (aws) => {
            const tagged = await aws.tagging.resources(managedTags);
            return (await findRepositories(aws, managedTags, [], tagged)).map((one) => ({
                tags: one.tags,
                keptRepository: isKeptRepository(one) ? one.name : undefined,
            }));
        },
    ],
    ["log groups and namespaces", async (aws) => tagsOfAdded(aws, await aws.tagging.resources(managedTags))],
    // Parts of services outlive them, and the cluster, where a removal was cut short.
    ["load balancers", (aws) => aws.loadBalancing.tagged(managedTags, fits)],
    ["task definitions", (aws) => aws.ecs.ownTaskDefinitions(serviceFamilyStart, managedTags)],
    ["groups of schedules", (aws) => aws.scheduler.groups(managedTags, fits)],
];

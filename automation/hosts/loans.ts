import { command } from "../../components/model/commandLine";
import { loanOf, ownershipIn, tagKeys, type Ownership, type Tags } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Host } from "../ports/aws";
import type { GroupProvider, NamedGroup, ScalingGroup } from "../ports/scalingServices";
import { isGone, joinHosts } from "./find";

/** A capacity provider of a cluster, with its Auto Scaling group. */
export interface ClusterGroup {
    readonly provider: GroupProvider;
    /** Missing where it is gone. */
    readonly group?: NamedGroup;
    /** The environment's own, attached by `hosts attach`, or put there by somebody else. */
    readonly kind: "own" | "attached" | "other";
    /** Its members that are not gone. */
    readonly hosts: readonly Host[];
}

type Place = Pick<Target, "aws" | "clusterName" | "owner" | "stateIds">;

/** Whether something is lent to the environment, and not its own. */
export function isLentTo(
    tags: Readonly<Record<string, string>>,
    owner: Parameters<typeof loanOf>[0],
): boolean {
    const loan = loanOf(owner);
    return tags[tagKeys.attachedTo] === loan[tagKeys.attachedTo];
}

/** What is lent to an environment, in whatever cluster. */
export interface Loans {
    readonly groups: readonly ScalingGroup[];
    /** Made for them by `hosts attach`; a group may have lost its tag, or its provider. */
    readonly providers: readonly GroupProvider[];
}

/** Asks AWS for all that is lent to an environment now. */
export async function findLoans(
    { autoScaling, ecs }: Pick<Target["aws"], "autoScaling" | "ecs">,
    owner: Parameters<typeof loanOf>[0],
): Promise<Loans> {
    const [groups, providers] = await Promise.all([autoScaling.groups(loanOf(owner)), ecs.groupProviders()]);
    return { groups, providers: providers.filter(({ tags }) => isLentTo(tags, owner)) };
}

/** Whether the environment has made its cluster, and not adopted one. */
export function isClusterOwn({ clusterArn, stateIds }: Pick<Target, "clusterArn" | "stateIds">): boolean {
    return clusterArn !== undefined && stateIds.has(clusterArn);
}

/** Those of these hosts that the cluster knows. */
export function inCluster(hosts: readonly Host[]): readonly Host[] {
    return hosts.filter(({ containerInstance }) => containerInstance !== undefined);
}

/** Every Auto Scaling group that brings hosts into the cluster of an environment. */
export async function findClusterGroups(place: Place): Promise<readonly ClusterGroup[]> {
    return groupsOf(place, await place.aws.ecs.groupProviders(place.clusterName));
}

async function groupsOf(
    { aws, clusterName, owner, stateIds }: Place,
    providers: readonly GroupProvider[],
): Promise<readonly ClusterGroup[]> {
    if (providers.length === 0) {
        return [];
    }
    const [registered, groups] = await Promise.all([
        aws.ecs.containerInstances(clusterName),
        aws.autoScaling.groupsNamed(providers.map(({ group }) => group)),
    ]);
    const instances = await aws.ec2.instancesById(groups.flatMap(({ instanceIds }) => instanceIds));
    return providers.map((provider) => {
        const group = groups.find(({ name }) => name === provider.group);
        const members = instances.filter(({ instanceId }) => group?.instanceIds.includes(instanceId));
        const kind = stateIds.has(provider.group)
            ? ("own" as const)
            : isLentTo(provider.tags, owner)
              ? ("attached" as const)
              : ("other" as const);
        const hosts = joinHosts(members, registered).filter((host) => !isGone(host));
        return { provider, group, kind, hosts };
    });
}

/**
 * A group that this environment may take off the cluster: one that is lent to it, also where an earlier command has ended half
 * way, or one that somebody has put on its own cluster by hand. @throws AppError GROUP_NOT_FOUND, GROUP_OF_OTHERS
 */
export async function requireForeignGroup(
    target: Place & Pick<Target, "environment" | "clusterArn">,
    name: string,
): Promise<ClusterGroup> {
    const { aws, clusterName, owner, environment } = target;
    const isMeant = (provider: GroupProvider): boolean => provider.group === name || provider.name === name;
    const groups = await findClusterGroups(target);
    const onCluster = groups.find(({ provider }) => isMeant(provider));
    const lent = (): Promise<readonly GroupProvider[]> =>
        aws.ecs
            .groupProviders()
            .then((all) => all.filter((one) => isMeant(one) && isLentTo(one.tags, owner)));
    const found = onCluster ?? (await groupsOf(target, await lent()))[0];
    if (found === undefined) {
        const names = groups.filter(({ kind }) => kind !== "own").map(({ provider }) => provider.group);
        throw new AppError("GROUP_NOT_FOUND", {
            message: `no group ${name} is on cluster ${clusterName}: ${names.length === 0 ? "nobody has attached any" : `expected one of ${names.join(", ")}`}`,
            hint: command("groups", "list", environment),
        });
    }
    if (found.kind === "own") {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} is ${environment}'s own, by hosts.mode of its settings: expected one that was attached`,
            hint: command("groups", "list", environment),
        });
    }
    const whose = found.kind === "attached" ? undefined : whoseElse(target, found);
    if (whose !== undefined) {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} ${whose}: expected one that was attached to ${environment}; nothing has been changed`,
            hint: command("groups", "list", environment),
        });
    }
    return found;
}

/** Whose something is that is not for an environment to borrow: an environment's own, or attached to the one of a stack id. */
export interface Claim {
    readonly own?: Ownership;
    readonly attachedTo?: string;
}

/** Who has a claim on what carries these tags; nobody where it is free, or lent to the owner. */
export function claimOn(all: readonly Tags[], owner: Target["owner"]): Claim {
    const attachedTo = all.find((tags) => tagKeys.attachedTo in tags && !isLentTo(tags, owner));
    return {
        own: all.map(ownershipIn).find((one) => one !== undefined),
        attachedTo: attachedTo?.[tagKeys.attachedTo],
    };
}

/** Why a group that is not lent to an environment is not its to take off; undefined where nothing tells. */
function whoseElse(
    target: Pick<Target, "clusterArn" | "stateIds" | "clusterName" | "environment" | "owner">,
    { provider, group }: ClusterGroup,
): string | undefined {
    const { own, attachedTo } = claimOn([provider.tags, group?.tags ?? {}], target.owner);
    if (own !== undefined) {
        return `is the own one of ${own.environment} (${own.stack})`;
    }
    if (attachedTo !== undefined) {
        return `is attached to another environment, that of the stack id ${attachedTo}`;
    }
    return isClusterOwn(target)
        ? undefined
        : `is of those who have made cluster ${target.clusterName}, which ${target.environment} has adopted`;
}

import { loanOf, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Host } from "../ports/aws";
import type { GroupProvider, NamedGroup } from "../ports/scalingServices";
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
export function isLentTo(tags: Readonly<Record<string, string>>, owner: Target["owner"]): boolean {
    const loan = loanOf(owner);
    return tags[tagKeys.attachedTo] === loan[tagKeys.attachedTo];
}

/** Every Auto Scaling group that brings hosts into the cluster of an environment. */
export async function findClusterGroups({
    aws,
    clusterName,
    owner,
    stateIds,
}: Place): Promise<readonly ClusterGroup[]> {
    const [providers, registered] = await Promise.all([
        aws.ecs.groupProviders(clusterName),
        aws.ecs.containerInstances(clusterName),
    ]);
    return Promise.all(
        providers.map(async (provider) => {
            const group = await aws.autoScaling.groupNamed(provider.group);
            const members = await aws.ec2.instancesById(group?.instanceIds ?? []);
            const kind = stateIds.has(provider.group)
                ? ("own" as const)
                : isLentTo(provider.tags, owner)
                  ? ("attached" as const)
                  : ("other" as const);
            const hosts = joinHosts(members, registered).filter((host) => !isGone(host));
            return { provider, group, kind, hosts };
        }),
    );
}

/** A group of the cluster that is not the environment's own. @throws AppError GROUP_NOT_FOUND, GROUP_OF_OTHERS */
export async function requireForeignGroup(
    target: Place & Pick<Target, "environment">,
    name: string,
): Promise<ClusterGroup> {
    const groups = await findClusterGroups(target);
    const found = groups.find(({ provider }) => provider.group === name || provider.name === name);
    if (found === undefined) {
        const names = groups.filter(({ kind }) => kind !== "own").map(({ provider }) => provider.group);
        throw new AppError("GROUP_NOT_FOUND", {
            message: `no group ${name} is on cluster ${target.clusterName}: ${names.length === 0 ? "nobody has attached any" : `expected one of ${names.join(", ")}`}`,
        });
    }
    if (found.kind === "own") {
        throw new AppError("GROUP_OF_OTHERS", {
            message: `group ${name} is ${target.environment}'s own, by hosts.mode of its settings: expected one that was attached`,
        });
    }
    return found;
}

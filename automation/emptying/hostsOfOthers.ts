import { proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { findInstances, isOwnMember } from "../hosts/find";
import { isProvenOwn } from "../inventory/drift";
import type { ClusterCapacityProvider, ContainerInstance } from "../ports/aws";
import type { ScalingGroup } from "../ports/scalingServices";
import { waitUntilUnblocked, type CleanUp } from "./cleanUp";

/**
 * Hosts in an own cluster that are not the environment's, and that ECS does not manage for it.
 * @param ours ids of the environment's instances
 */
export function hostsOfOthers(
    registered: readonly ContainerInstance[],
    ours: ReadonlySet<string>,
    providers: readonly ClusterCapacityProvider[],
): readonly ContainerInstance[] {
    const managed = new Set(providers.filter(({ isScoped }) => isScoped).map(({ name }) => name));
    return registered.filter(
        (host) =>
            host.agentConnected && !ours.has(host.instanceId) && !managed.has(host.capacityProvider ?? ""),
    );
}

/** Takes hosts of others off the cluster, which is not deleted while they are in it. Their instances run on. */
export async function takeOffHostsOfOthers(cleanUp: CleanUp): Promise<void> {
    const { aws, clusterName, progress, removed } = cleanUp;
    const registered = await aws.ecs.containerInstances(clusterName);
    if (registered.length === 0) {
        return;
    }
    const { own, strays } = await findInstances(cleanUp);
    const ours = new Set([...own, ...strays].map(({ instanceId }) => instanceId));
    // Those that ECS manages have gone with their capacity provider.
    for (const { instanceId, arn } of hostsOfOthers(registered, ours, [])) {
        await aws.ecs.deregister(clusterName, arn);
        progress.note(`host ${instanceId} of others: taken off the cluster`);
        const reason = "its instance is not this environment's, and stays";
        removed.push({ type: "ecs:container-instance", name: instanceId, id: arn, reason });
    }
}

/** Instances of others that somebody has attached to a group of the environment's. */
export interface AttachedInstances {
    readonly group: ScalingGroup;
    readonly instanceIds: readonly string[];
}

/**
 * Members of own groups that carry neither the environment's tags nor those that EC2 puts on what is launched from its
 * template.
 */
export async function findAttached(
    target: Pick<Target, "aws" | "owner" | "stateIds">,
    listed: readonly ScalingGroup[],
    templateIds: ReadonlySet<string>,
): Promise<readonly AttachedInstances[]> {
    const { aws, owner } = target;
    const groups = listed.filter(
        ({ name, instanceIds }) => isProvenOwn(target, name) && instanceIds.length > 0,
    );
    if (groups.length === 0) {
        return [];
    }
    const members = await aws.ec2.instancesById(groups.flatMap(({ instanceIds }) => instanceIds));
    const foreign = new Set(
        members.filter((one) => !isOwnMember(one, owner, templateIds)).map(({ instanceId }) => instanceId),
    );
    return groups
        .map((group) => ({ group, instanceIds: group.instanceIds.filter((id) => foreign.has(id)) }))
        .filter(({ instanceIds }) => instanceIds.length > 0);
}

/**
 * Lets instances of others leave groups before these are deleted with all that is in them.
 * @returns who has left
 * @throws AppError CLUSTER_NOT_EMPTY naming those that do not leave, AWS_ACCESS_DENIED
 */
export async function letAttachedLeave(
    cleanUp: CleanUp,
    listed: readonly ScalingGroup[],
    templateIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
    const { aws, owner, progress } = cleanUp;
    const attached = await findAttached(cleanUp, listed, templateIds);
    for (const { group, instanceIds } of attached) {
        const { name, max, desired } = group;
        // Below its minimum a group lets nobody leave without another in its place.
        await aws.autoScaling.resize(name, { min: 0, max, desired });
        await aws.autoScaling.detachInstances(name, instanceIds);
        await waitUntilUnblocked(cleanUp, async () => {
            const now = await aws.autoScaling.groups(proofOf(owner));
            const members = new Set(now.flatMap((one) => one.instanceIds));
            return instanceIds
                .filter((id) => members.has(id))
                .map((id) => ({ name: `${id} of others`, state: `still in group ${name}` }));
        });
        progress.note(`${instanceIds.join(", ")} of others: left group ${name}`);
    }
    return new Set(attached.flatMap(({ instanceIds }) => instanceIds));
}

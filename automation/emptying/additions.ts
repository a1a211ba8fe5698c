import { isProvenOwn } from "../inventory/drift";
import { orUnreadable, type OnUnreadable } from "../inventory/unreadable";
import type { ClusterStatus, ContainerInstance } from "../ports/aws";
import type { LifecycleHook, ScalingGroup } from "../ports/scalingServices";
import { findManagedCapacity, type ManagedCapacity } from "./capacity";
import type { DestroyTarget } from "./cleanUp";
import { findAttached, hostsOfOthers, type AttachedInstances } from "./hostsOfOthers";

/** What people, or ECS for them, have added to an environment's own cluster and groups; services and tasks beside. */
export interface Additions extends ManagedCapacity {
    readonly hostsOfOthers: readonly ContainerInstance[];
    readonly attachedInstances: readonly AttachedInstances[];
    /** A group is deleted without waiting for them. */
    readonly hooks: readonly (LifecycleHook & { readonly group: string })[];
}

export const noAdditions: Additions = {
    daemons: [],
    scoped: [],
    attached: [],
    hostsOfOthers: [],
    attachedInstances: [],
    hooks: [],
};

/** ECS's own, in every group of a capacity provider with managed draining (the developer guide has its name). */
const drainingHook = "ecs-managed-draining-termination-hook";

/** What has been read already of an environment that is looked at. */
interface Known {
    /** An own one; missing where there is none. */
    readonly cluster?: ClusterStatus;
    /** In that cluster. */
    readonly registered: readonly ContainerInstance[];
    /** Ids of its instances. */
    readonly ours: ReadonlySet<string>;
    readonly groups: readonly ScalingGroup[];
    /** Of its own launch templates. */
    readonly templateIds: ReadonlySet<string>;
}

export async function findAdditions(
    target: DestroyTarget,
    { cluster, registered, ours, groups, templateIds }: Known,
    onUnreadable: OnUnreadable,
): Promise<Additions> {
    const [capacity, attachedInstances, hooks] = await Promise.all([
        cluster === undefined ? noAdditions : findManagedCapacity(target, cluster.arn, onUnreadable),
        findAttached(target, groups, templateIds),
        findHooks(target, groups, onUnreadable),
    ]);
    const { daemons, scoped, attached } = capacity;
    const strangers = cluster === undefined ? [] : hostsOfOthers(registered, ours, scoped);
    return { daemons, scoped, attached, hostsOfOthers: strangers, attachedInstances, hooks };
}

async function findHooks(
    target: DestroyTarget,
    groups: readonly ScalingGroup[],
    onUnreadable: OnUnreadable,
): Promise<Additions["hooks"]> {
    const lists = groups
        .filter(({ name }) => isProvenOwn(target, name))
        .map(async ({ name: group }) =>
            (await target.aws.autoScaling.lifecycleHooks(group)).map((hook) => ({ ...hook, group })),
        );
    const found = Promise.all(lists).then((all) => all.flat());
    return (await orUnreadable(onUnreadable, "lifecycle hooks", found)).filter(
        ({ name }) => name !== drainingHook,
    );
}

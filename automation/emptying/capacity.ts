import { isLentTo } from "../hosts/loans";
import { orUnreadable, type OnUnreadable } from "../inventory/unreadable";
import type { ClusterCapacityProvider, Daemon } from "../ports/aws";
import { orWarn, untilAccepted, waitUntilUnblocked, type CleanUp, type DestroyTarget } from "./cleanUp";

/** What ECS manages in a cluster beside services, and what people have added to it. */
export interface ManagedCapacity {
    /** Managed daemons. */
    readonly daemons: readonly Daemon[];
    /** Capacity providers of this cluster alone. */
    readonly scoped: readonly ClusterCapacityProvider[];
    /** Others that it uses, and that the state does not know; without those of loans, which are deleted. */
    readonly attached: readonly ClusterCapacityProvider[];
}

/** @param clusterArn of an own cluster */
export async function findManagedCapacity(
    { aws, clusterName, stateIds, owner }: Pick<DestroyTarget, "aws" | "clusterName" | "stateIds" | "owner">,
    clusterArn: string,
    onUnreadable: OnUnreadable,
): Promise<ManagedCapacity> {
    const [daemons, providers] = await Promise.all([
        // Not every region has them.
        orUnreadable(onUnreadable, "managed daemons", aws.ecs.daemons(clusterArn)),
        orUnreadable(
            onUnreadable,
            "capacity providers of the cluster",
            aws.ecs.clusterCapacityProviders(clusterName),
        ),
    ]);
    return {
        daemons,
        scoped: providers.filter(({ isScoped }) => isScoped),
        attached: providers.filter(
            ({ isScoped, arn, tags = {} }) => !isScoped && !stateIds.has(arn) && !isLentTo(tags, owner),
        ),
    };
}

/**
 * Deletes the managed daemons, whose tasks nobody else can stop.
 * @param clusterArn of an own cluster
 */
export async function removeDaemons(cleanUp: CleanUp, clusterArn: string): Promise<void> {
    const { aws, progress, removed } = cleanUp;
    await orWarn(cleanUp, "deleting managed daemons", async () => {
        for (const { name, arn, status } of await aws.ecs.daemons(clusterArn)) {
            if (status === "ACTIVE") {
                await untilAccepted(cleanUp, `daemon ${name}`, () => aws.ecs.removeDaemon(arn));
                progress.note(`daemon ${name}: deleted`);
            }
            removed.push({ type: "ecs:daemon", name, id: arn });
        }
        await waitUntilUnblocked(cleanUp, async () =>
            (await aws.ecs.daemons(clusterArn)).map(({ name, status }) => ({
                name: `daemon ${name}`,
                state: status,
            })),
        );
    });
}

/**
 * Deletes the capacity providers that the cluster alone can use, and the hosts that ECS has started for them with them:
 * they cannot be taken off it otherwise
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCapacityProvider.html).
 */
export async function removeScopedCapacity(cleanUp: CleanUp): Promise<void> {
    const { aws, clusterName, progress, removed } = cleanUp;
    const scoped = async (): Promise<readonly ClusterCapacityProvider[]> =>
        (await aws.ecs.clusterCapacityProviders(clusterName)).filter(({ isScoped }) => isScoped);
    await orWarn(cleanUp, "deleting capacity providers of the cluster alone", async () => {
        for (const { name, arn, status } of await scoped()) {
            if (status !== "DEPROVISIONING") {
                await untilAccepted(cleanUp, `capacity provider ${name}`, () =>
                    aws.ecs.removeCapacityProvider(arn, clusterName),
                );
                progress.note(`capacity provider ${name}: deleted with its hosts`);
            }
            removed.push({ type: "ecs:capacity-provider", name, id: arn });
        }
        await waitUntilUnblocked(cleanUp, async () =>
            (await scoped()).map(({ name, status }) => ({
                name: `capacity provider ${name}`,
                state: status,
            })),
        );
    });
}

/** A cluster with capacity providers is not deleted; those that the state knows are the engine's to take off. */
export async function detachOthers(cleanUp: CleanUp): Promise<void> {
    const { aws, clusterName, stateIds, progress } = cleanUp;
    await orWarn(cleanUp, "taking capacity providers off the cluster", async () => {
        const used = await aws.ecs.clusterCapacityProviders(clusterName);
        const others = used.filter(({ isScoped, arn }) => !isScoped && !stateIds.has(arn));
        if (others.length > 0) {
            await untilAccepted(cleanUp, `cluster ${clusterName} and its capacity providers`, () =>
                aws.ecs.detachCapacityProviders(clusterName),
            );
            const names = others.map(({ name }) => name).join(", ");
            progress.note(`capacity providers taken off the cluster: ${names}`);
        }
    });
}

import {
    CreateCapacityProviderCommand,
    DescribeClustersCommand,
    PutClusterCapacityProvidersCommand,
    type CapacityProvider,
    type ECSClient,
} from "@aws-sdk/client-ecs";

import type { GroupProvider, GroupProviderService } from "../ports/scalingServices";
import { describeCapacityProviders } from "./capacityProviders";
import { tagsOf, unless } from "./collect";
import { noCluster } from "./ecsGone";

/** Capacity providers that stand for Auto Scaling groups. */
export function createGroupProviders(client: ECSClient): GroupProviderService {
    return {
        groupProviders: (cluster) =>
            unless(noCluster, [], async () =>
                (await describeCapacityProviders(client, cluster)).flatMap(toGroupProvider),
            ),
        makeGroupProvider: async ({ name, isManaged, tags, groupArn }) => {
            await client.send(
                new CreateCapacityProviderCommand({
                    name,
                    autoScalingGroupProvider: {
                        autoScalingGroupArn: groupArn,
                        managedScaling: isManaged
                            ? { status: "ENABLED", targetCapacity: 100 }
                            : { status: "DISABLED" },
                        // It puts a lifecycle hook on the group, without which ECS would take hosts away under their tasks
                        // (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html).
                        managedDraining: isManaged ? "ENABLED" : "DISABLED",
                        managedTerminationProtection: "DISABLED",
                    },
                    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
                }),
            );
        },
        attachCapacityProvider: (cluster, name) =>
            change(client, cluster, (used) => [...used.filter((one) => one !== name), name]),
        detachCapacityProvider: (cluster, name) =>
            change(client, cluster, (used) => used.filter((one) => one !== name)),
    };
}

/** ECS takes the whole list, and the default strategy with it. */
async function change(
    client: ECSClient,
    cluster: string,
    next: (used: readonly string[]) => readonly string[],
): Promise<void> {
    const { clusters = [] } = await client.send(new DescribeClustersCommand({ clusters: [cluster] }));
    const [found] = clusters;
    if (found === undefined) {
        return;
    }
    const used = found.capacityProviders ?? [];
    const capacityProviders = [...next(used)];
    if (used.length === capacityProviders.length && used.every((one) => capacityProviders.includes(one))) {
        return;
    }
    const strategy = found.defaultCapacityProviderStrategy ?? [];
    await client.send(
        new PutClusterCapacityProvidersCommand({
            cluster,
            capacityProviders,
            defaultCapacityProviderStrategy: strategy.filter(({ capacityProvider }) =>
                capacityProviders.includes(capacityProvider ?? ""),
            ),
        }),
    );
}

function toGroupProvider({
    name = "",
    capacityProviderArn: arn = "",
    autoScalingGroupProvider: provider,
    updateStatus,
    tags,
}: CapacityProvider): readonly GroupProvider[] {
    if (provider === undefined) {
        return [];
    }
    const group = provider.autoScalingGroupArn?.split(":autoScalingGroupName/").at(-1) ?? "";
    const isManaged = provider.managedScaling?.status === "ENABLED";
    return [{ name, arn, group, isManaged, updateStatus, tags: tagsOf(tags) }];
}

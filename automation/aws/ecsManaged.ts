import {
    DeleteCapacityProviderCommand,
    DeleteDaemonCommand,
    DeleteExpressGatewayServiceCommand,
    ListDaemonsCommand,
    PutClusterCapacityProvidersCommand,
    type DaemonSummary,
    type ECSClient,
} from "@aws-sdk/client-ecs";

import { carries } from "../../components/model/tags";
import type { EcsService } from "../ports/awsServices";
import { describeCapacityProviders } from "./capacityProviders";
import { collect, pagesOf, tagsOf, unless } from "./collect";
import { awsErrorName } from "./errors";
import { goneFromEcs, noCluster } from "./ecsGone";

type EcsManaged = Pick<
    EcsService,
    | "capacityProviders"
    | "clusterCapacityProviders"
    | "removeCapacityProvider"
    | "detachCapacityProviders"
    | "daemons"
    | "removeDaemon"
    | "removeExpressService"
>;

/** What ECS manages by itself: capacity, daemons, Express services. What is already gone counts as done. */
export function createEcsManaged(client: ECSClient): EcsManaged {
    return {
        capacityProviders: async (tags) =>
            (await describeCapacityProviders(client))
                .map((one) => ({ arn: one.capacityProviderArn ?? "", tags: tagsOf(one.tags) }))
                .filter((one) => carries(one.tags, tags)),
        clusterCapacityProviders: (cluster) =>
            unless(noCluster, [], async () =>
                (await describeCapacityProviders(client, cluster)).map((one) => ({
                    name: one.name ?? "",
                    arn: one.capacityProviderArn ?? "",
                    isScoped: one.managedInstancesProvider !== undefined,
                    status: one.status ?? "",
                    tags: tagsOf(one.tags),
                })),
            ),
        removeCapacityProvider: async (capacityProvider, cluster) => {
            try {
                await client.send(new DeleteCapacityProviderCommand({ capacityProvider, cluster }));
            } catch (error) {
                // ECS has the same answer for one that is gone and for one that is in use (API reference, DeleteCapacityProvider).
                const mayBeGone = ["InvalidParameterException", "ClientException"].includes(
                    awsErrorName(error),
                );
                if (!mayBeGone || (await isThere(client, capacityProvider, cluster))) {
                    throw error;
                }
            }
        },
        detachCapacityProviders: async (cluster) => {
            await unless(noCluster, undefined, () =>
                client.send(
                    new PutClusterCapacityProvidersCommand({
                        cluster,
                        capacityProviders: [],
                        defaultCapacityProviderStrategy: [],
                    }),
                ),
            );
        },
        daemons: (clusterArn) =>
            unless(noCluster, [], async () =>
                (await daemons(client, clusterArn)).map(({ daemonArn = "", status = "" }) => ({
                    name: daemonArn.split("/").at(-1) ?? daemonArn,
                    arn: daemonArn,
                    status,
                })),
            ),
        removeDaemon: async (daemonArn) => {
            await unless([...noCluster, "DaemonNotFoundException"], undefined, () =>
                client.send(new DeleteDaemonCommand({ daemonArn })),
            );
        },
        removeExpressService: async (serviceArn) => {
            await unless([...goneFromEcs, "ResourceNotFoundException"], undefined, () =>
                client.send(new DeleteExpressGatewayServiceCommand({ serviceArn })),
            );
        },
    };
}

/** Whether a provider is there to stay: one that ECS deletes already may refuse to be deleted again. */
async function isThere(client: ECSClient, arn: string, cluster: string | undefined): Promise<boolean> {
    const providers = await describeCapacityProviders(client, cluster);
    return providers.some(
        ({ capacityProviderArn, status, updateStatus }) =>
            capacityProviderArn === arn &&
            status !== "DEPROVISIONING" &&
            updateStatus !== "DELETE_IN_PROGRESS",
    );
}

function daemons(client: ECSClient, clusterArn: string): Promise<readonly DaemonSummary[]> {
    const pages = pagesOf((nextToken) => client.send(new ListDaemonsCommand({ clusterArn, nextToken })));
    return collect(pages, (page) => page.daemonSummariesList);
}

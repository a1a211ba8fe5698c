import { DescribeCapacityProvidersCommand, type CapacityProvider, type ECSClient } from "@aws-sdk/client-ecs";

import { collect, pagesOf } from "./collect";

/** Capacity providers with their tags. @param cluster only those that it uses */
export async function describeCapacityProviders(
    client: ECSClient,
    cluster?: string,
): Promise<readonly CapacityProvider[]> {
    const pages = pagesOf((nextToken) =>
        client.send(new DescribeCapacityProvidersCommand({ cluster, include: ["TAGS"], nextToken })),
    );
    // Deleted providers stay visible as INACTIVE for a while.
    return (await collect(pages, (page) => page.capacityProviders)).filter(
        ({ status }) => status !== "INACTIVE",
    );
}

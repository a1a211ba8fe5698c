import {
    DescribeCapacityProvidersCommand,
    DescribeClustersCommand,
    ECSClient,
    paginateListClusters,
} from "@aws-sdk/client-ecs";

import type { ClusterStatus, TaggedResource } from "../ports/aws";
import type { EcsService, Tags } from "../ports/awsServices";
import { carries, collect, tagsOf } from "./collect";
import { createEcsChanges } from "./ecsChanges";
import { createEcsContents } from "./ecsContents";
import type { AwsSession } from "./session";

export function createEcsService(session: AwsSession): EcsService {
    const client = session.connect(new ECSClient(session.configuration("ECS")), "ECS", "ecs");
    return {
        cluster: (name) => describeCluster(client, name),
        clusterNames: async () => {
            const arns = await collect(paginateListClusters({ client }, {}), (page) => page.clusterArns);
            return arns.map(nameFromArn);
        },
        capacityProviders: (tags) => capacityProviders(client, tags),
        ...createEcsContents(client),
        ...createEcsChanges(client),
    };
}

async function describeCluster(client: ECSClient, name: string): Promise<ClusterStatus | undefined> {
    const answer = await client.send(new DescribeClustersCommand({ clusters: [name], include: ["TAGS"] }));
    const cluster = answer.clusters?.[0];
    if (cluster === undefined) {
        return undefined;
    }
    return {
        name: cluster.clusterName ?? name,
        arn: cluster.clusterArn ?? "",
        status: cluster.status ?? "",
        registeredHosts: cluster.registeredContainerInstancesCount ?? 0,
        runningTasks: cluster.runningTasksCount ?? 0,
        pendingTasks: cluster.pendingTasksCount ?? 0,
        activeServices: cluster.activeServicesCount ?? 0,
        capacityProviders: cluster.capacityProviders ?? [],
        tags: tagsOf(cluster.tags),
    };
}

async function capacityProviders(client: ECSClient, tags: Tags): Promise<readonly TaggedResource[]> {
    const list: TaggedResource[] = [];
    let nextToken: string | undefined;
    do {
        const answer = await client.send(
            new DescribeCapacityProvidersCommand({ include: ["TAGS"], ...(nextToken ? { nextToken } : {}) }),
        );
        for (const provider of answer.capacityProviders ?? []) {
            const own = tagsOf(provider.tags);
            // Deleted providers stay visible as INACTIVE for a while.
            if (provider.status !== "INACTIVE" && carries(own, tags)) {
                list.push({ arn: provider.capacityProviderArn ?? "", tags: own });
            }
        }
        nextToken = answer.nextToken;
    } while (nextToken);
    return list;
}

/** The last part of an ARN such as `arn:aws:ecs:eu-central-1:123456789012:cluster/dev`. */
function nameFromArn(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}

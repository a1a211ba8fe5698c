import type {
    Cluster,
    CreateClusterRequest,
    DeleteClusterRequest,
    DescribeClustersRequest,
    PutClusterCapacityProvidersRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { checkClusterCapacityProviders } from "./clusterCapacityProviders";
import { activeCluster, checkedList, checkName } from "./inputs";
import { shortName } from "./names";
import { countTasks } from "./state";

/** Source: API reference of DescribeClusters. */
const mostDescribed = 100;

/** CreateCluster answers with the cluster of that name when there is an active one. */
export async function createCluster(
    input: CreateClusterRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const name = input.clusterName ?? "default";
    checkName(name, "cluster");
    return cloud.locks.run(`cluster ${name}`, async () => {
        const existing = await cloud.moto.lookUps(region).clusters.get(name);
        if (existing?.status === "ACTIVE") {
            return { cluster: withCounts(existing, cloud) };
        }
        await checkClusterCapacityProviders(cloud, region, existing, input);
        return cloud.moto.ecs(region, "CreateCluster", input);
    });
}

/** The cluster is moto's; how much is in it follows from what the front plays. */
export async function describeClusters(
    input: DescribeClustersRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const described = await cloud.moto.ecs<{ clusters?: Cluster[] }>(region, "DescribeClusters", {
        ...input,
        clusters: checkedList(input.clusters ?? ["default"], mostDescribed, "Clusters"),
    });
    return { ...described, clusters: described.clusters?.map((cluster) => withCounts(cluster, cloud)) };
}

/** Refuses while anything is in the cluster, with the names that AWS's errors have. */
export async function deleteCluster(
    input: DeleteClusterRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn, clusterName = "" } = await activeCluster(cloud, region, input.cluster);
    return cloud.locks.run(`cluster ${clusterName}`, async () => {
        const cluster = await activeCluster(cloud, region, clusterArn);
        checkEmpty(cluster, cloud);
        const tagKeys = cluster.tags?.map(({ key }) => key) ?? [];
        if (tagKeys.length > 0) {
            // A deleted cluster stays visible as INACTIVE, but no tag query finds it any more.
            await cloud.moto.ecs(region, "UntagResource", { resourceArn: clusterArn, tagKeys });
        }
        const input = { cluster: clusterArn };
        const deleted = await cloud.moto.ecs<{ cluster: Cluster }>(region, "DeleteCluster", input);
        return { cluster: withCounts(deleted.cluster, cloud) };
    });
}

export async function putClusterCapacityProviders(
    input: PutClusterCapacityProvidersRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn, clusterName = "" } = await activeCluster(cloud, region, input.cluster);
    return cloud.locks.run(`cluster ${clusterName}`, async () => {
        await checkClusterCapacityProviders(
            cloud,
            region,
            await activeCluster(cloud, region, clusterArn),
            input,
        );
        // Those of Managed Instances are the cluster's from their creation on, named here or not (unverified).
        const scoped = cloud.ecs.managedInstancesOf(clusterArn).map(({ name }) => name);
        const put = await cloud.moto.ecs<{ cluster: Cluster }>(region, "PutClusterCapacityProviders", {
            ...input,
            capacityProviders: input.capacityProviders?.filter((one) => !scoped.includes(shortName(one))),
        });
        return { cluster: withCounts(put.cluster, cloud) };
    });
}

function checkEmpty({ clusterArn = "", capacityProviders = [] }: Cluster, { ecs }: Cloud): void {
    const refuse = (code: string, what: string): never => {
        throw new AwsError(code, `The Cluster cannot be deleted while ${what}.`);
    };
    if (ecs.servicesOf(clusterArn).length > 0) {
        refuse("ClusterContainsServicesException", "Services are active");
    }
    if (ecs.tasksOf(clusterArn).some(({ lastStatus }) => lastStatus !== "STOPPED")) {
        refuse("ClusterContainsTasksException", "Tasks are active");
    }
    if (ecs.containerInstancesOf(clusterArn).length > 0) {
        refuse("ClusterContainsContainerInstancesException", "Container Instances are active or draining");
    }
    if (capacityProviders.length > 0 || ecs.managedInstancesOf(clusterArn).length > 0) {
        refuse("ClusterContainsCapacityProviderException", "Capacity Providers are associated with it");
    }
}

function withCounts(cluster: Cluster, { ecs }: Cloud): Cluster {
    const arn = cluster.clusterArn ?? "";
    const scoped = ecs.managedInstancesOf(arn).map(({ name }) => name);
    const { running, pending } = countTasks(ecs.tasksOf(arn));
    return {
        ...cluster,
        capacityProviders: [...(cluster.capacityProviders ?? []), ...scoped],
        registeredContainerInstancesCount: ecs.containerInstancesOf(arn).length,
        runningTasksCount: running,
        pendingTasksCount: pending,
        activeServicesCount: ecs.servicesOf(arn).filter(({ status }) => status === "ACTIVE").length,
    };
}

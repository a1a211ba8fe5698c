import type {
    CapacityProvider,
    CapacityProviderStrategyItem,
    Cluster,
    CreateClusterRequest,
    DeleteClusterRequest,
    DescribeClustersRequest,
    PutClusterCapacityProvidersRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { activeCluster, describeClusters as findClusters, invalid, shortName } from "./requests";
import { countTasks } from "./state";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const mostCapacityProviders = 20;

/** CreateCluster answers with the cluster of that name when there is an active one. */
export async function createCluster(
    input: CreateClusterRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const name = input.clusterName ?? "default";
    return cloud.locks.run(`cluster ${name}`, async () => {
        const [existing] = await findClusters(cloud, region, [name]);
        if (existing?.status === "ACTIVE") {
            return { cluster: withCounts(existing, cloud) };
        }
        await checkCapacityProviders(cloud, region, existing, input);
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
        clusters: input.clusters ?? ["default"],
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
        return cloud.moto.ecs(region, "DeleteCluster", { cluster: clusterArn });
    });
}

export async function putClusterCapacityProviders(
    input: PutClusterCapacityProvidersRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn, clusterName = "" } = await activeCluster(cloud, region, input.cluster);
    return cloud.locks.run(`cluster ${clusterName}`, async () => {
        await checkCapacityProviders(cloud, region, await activeCluster(cloud, region, clusterArn), input);
        const put = await cloud.moto.ecs<{ cluster: Cluster }>(region, "PutClusterCapacityProviders", input);
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
    if (capacityProviders.length > 0) {
        refuse("ClusterContainsCapacityProviderException", "Capacity Providers are associated with it");
    }
}

function withCounts(cluster: Cluster, { ecs }: Cloud): Cluster {
    const arn = cluster.clusterArn ?? "";
    const { running, pending } = countTasks(ecs.tasksOf(arn));
    return {
        ...cluster,
        registeredContainerInstancesCount: ecs.containerInstancesOf(arn).length,
        runningTasksCount: running,
        pendingTasksCount: pending,
        activeServicesCount: ecs.servicesOf(arn).length,
    };
}

/**
 * Checks a new list of capacity providers for a cluster by ECS's rules.
 * @throws AwsError InvalidParameterException, ResourceInUseException
 */
async function checkCapacityProviders(
    cloud: Cloud,
    region: string,
    cluster: Cluster | undefined,
    wanted: Pick<CreateClusterRequest, "capacityProviders" | "defaultCapacityProviderStrategy">,
): Promise<void> {
    const names = (wanted.capacityProviders ?? []).map(shortName);
    if (names.length > mostCapacityProviders) {
        throw invalid(`A cluster can have at most ${mostCapacityProviders} capacity providers.`);
    }
    const { capacityProviders: known = [] } = await cloud.moto.ecs<{
        capacityProviders?: CapacityProvider[];
    }>(region, "DescribeCapacityProviders", {});
    const missing = names.find((name) => !known.some((provider) => provider.name === name));
    if (missing !== undefined) {
        throw invalid(
            `The specified capacity provider '${missing}' was not found. Specify a valid name or ARN and try again.`,
        );
    }
    checkStrategy(wanted.defaultCapacityProviderStrategy ?? [], names);
    const removed = (cluster?.capacityProviders ?? []).filter((name) => !names.includes(name));
    if (removed.some((name) => isUsed(cloud, cluster?.clusterArn ?? "", name))) {
        throw new AwsError(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.",
        );
    }
}

function checkStrategy(strategy: readonly CapacityProviderStrategyItem[], names: readonly string[]): void {
    if (strategy.some(({ capacityProvider }) => !names.includes(shortName(capacityProvider)))) {
        throw invalid(
            "The specified default capacity provider strategy cannot contain a capacity provider that is not " +
                "associated with the cluster. Associate the capacity provider with the cluster and try again.",
        );
    }
    if (strategy.filter(({ base = 0 }) => base > 0).length > 1) {
        throw invalid("Only one capacity provider in a capacity provider strategy can have a base defined.");
    }
    if (strategy.length > 0 && strategy.every(({ weight = 0 }) => weight === 0)) {
        throw invalid(
            "At least one capacity provider in a capacity provider strategy must have a weight above 0.",
        );
    }
}

/** Whether services or tasks use a capacity provider. */
function isUsed({ ecs }: Cloud, clusterArn: string, name: string): boolean {
    return (
        ecs
            .servicesOf(clusterArn)
            .some(({ capacityProviderStrategy }) =>
                capacityProviderStrategy.some(({ capacityProvider }) => shortName(capacityProvider) === name),
            ) ||
        ecs
            .tasksOf(clusterArn)
            .some((task) => task.lastStatus !== "STOPPED" && task.capacityProviderName === name)
    );
}

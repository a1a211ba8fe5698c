import type { CapacityProviderStrategyItem, Cluster, CreateClusterRequest } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { describeCapacityProviders, invalid } from "./inputs";
import { shortName } from "./names";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const mostCapacityProviders = 20;

/**
 * Checks a new list of capacity providers for a cluster by ECS's rules.
 * @throws AwsError InvalidParameterException, ResourceInUseException
 */
export async function checkClusterCapacityProviders(
    cloud: Cloud,
    region: string,
    cluster: Cluster | undefined,
    wanted: Pick<CreateClusterRequest, "capacityProviders" | "defaultCapacityProviderStrategy">,
): Promise<void> {
    const names = (wanted.capacityProviders ?? []).map(shortName);
    if (names.length > mostCapacityProviders) {
        throw invalid(`A cluster can have at most ${mostCapacityProviders} capacity providers.`);
    }
    const scoped = cloud.ecs.managedInstancesOf(cluster?.clusterArn ?? "").map(({ name }) => name);
    const others = await describeCapacityProviders(cloud, region);
    const known = [...scoped, ...others.map(({ name = "" }) => name)];
    const missing = names.find((name) => !known.includes(name));
    if (missing !== undefined) {
        throw invalid(
            `The specified capacity provider '${missing}' was not found. Specify a valid name or ARN and try again.`,
        );
    }
    checkStrategy(wanted.defaultCapacityProviderStrategy ?? [], [...scoped, ...names]);
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
export function isUsed({ ecs }: Cloud, clusterArn: string, name: string): boolean {
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

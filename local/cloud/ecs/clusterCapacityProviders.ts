import type { CapacityProvider, CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/awsError";
import { describeCluster } from "./findCluster";
import { shortName } from "./names";

const managed = ["FARGATE", "FARGATE_SPOT"];
/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
const largestCount = 20;

interface Wanted {
    readonly capacityProviders?: readonly string[] | undefined;
    readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
}

/**
 * Checks a new list of capacity providers for a cluster by ECS's rules.
 * @throws AwsError InvalidParameterException, ResourceInUseException
 */
export async function checkClusterCapacityProviders(
    cloud: Cloud,
    region: string,
    cluster: string,
    wanted: Wanted,
): Promise<void> {
    const names = (wanted.capacityProviders ?? []).map(shortName);
    const strategy = wanted.defaultCapacityProviderStrategy ?? [];
    if (names.length > largestCount) {
        throw invalid(`A cluster can have at most ${largestCount} capacity providers.`);
    }
    await checkExist(cloud, region, names);
    checkStrategy(strategy, names);
    await checkRemoved(cloud, region, cluster, names);
}

async function checkExist(cloud: Cloud, region: string, names: readonly string[]): Promise<void> {
    const own = names.filter((name) => !managed.includes(name));
    if (own.length === 0) {
        return;
    }
    const { capacityProviders = [] } = await cloud.moto.ecs<{ capacityProviders?: CapacityProvider[] }>(
        region,
        "DescribeCapacityProviders",
        { capacityProviders: own },
    );
    const missing = own.find((name) => !capacityProviders.some((provider) => provider.name === name));
    if (missing !== undefined) {
        throw invalid(
            `The specified capacity provider '${missing}' was not found. Specify a valid name or ARN and try again.`,
        );
    }
}

function checkStrategy(strategy: readonly CapacityProviderStrategyItem[], names: readonly string[]): void {
    const used = strategy.map(({ capacityProvider }) => shortName(capacityProvider ?? ""));
    if (used.some((name) => !names.includes(name))) {
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
    if (used.some((name) => managed.includes(name)) && used.some((name) => !managed.includes(name))) {
        throw invalid(
            "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate.",
        );
    }
}

/** A provider that services or tasks use stays. */
async function checkRemoved(
    cloud: Cloud,
    region: string,
    cluster: string,
    names: readonly string[],
): Promise<void> {
    const current = await describeCluster(cloud, region, cluster);
    const arn = current?.clusterArn ?? "";
    const removed = (current?.capacityProviders ?? []).filter((name) => !names.includes(name));
    const inUse = removed.some(
        (name) =>
            cloud.ecs
                .servicesOf(arn)
                .some(
                    (service) =>
                        service.status !== "INACTIVE" &&
                        service.capacityProviderStrategy.some(
                            (item) => shortName(item.capacityProvider ?? "") === name,
                        ),
                ) ||
            cloud.ecs
                .tasksOf(arn)
                .some((task) => task.lastStatus !== "STOPPED" && task.capacityProviderName === name),
    );
    if (inUse) {
        throw new AwsError(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.",
        );
    }
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidParameterException", message);
}

import type { CapacityProvider, Cluster, TaskDefinition } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { shortName } from "./names";

/** An ACTIVE cluster, with the ARN that it surely has. @throws AwsError ClusterNotFoundException */
export async function activeCluster(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    nameOrArn = "default",
): Promise<Cluster & { readonly clusterArn: string }> {
    const cluster = await moto.lookUps(region).clusters.get(nameOrArn);
    if (cluster?.status !== "ACTIVE" || cluster.clusterArn === undefined) {
        throw new AwsError("ClusterNotFoundException", "Cluster not found.");
    }
    return { ...cluster, clusterArn: cluster.clusterArn };
}

/** Capacity providers by name or ARN; all of them where none are given. */
export async function describeCapacityProviders(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    capacityProviders?: readonly string[],
): Promise<readonly CapacityProvider[]> {
    const input = { capacityProviders };
    const described = await moto.ecs<{ capacityProviders?: CapacityProvider[] }>(
        region,
        "DescribeCapacityProviders",
        input,
    );
    return described.capacityProviders ?? [];
}

/** A task definition by family, family:revision or ARN. @throws AwsError ClientException when there is none */
export async function describeTaskDefinition(
    { moto }: Cloud,
    region: string,
    taskDefinition: string | undefined,
): Promise<TaskDefinition> {
    try {
        const input = { taskDefinition };
        return (await moto.ecs<{ taskDefinition: TaskDefinition }>(region, "DescribeTaskDefinition", input))
            .taskDefinition;
    } catch (error) {
        if (error instanceof AwsError) {
            throw new AwsError("ClientException", "Unable to describe task definition.");
        }
        throw error;
    }
}

/** ECS's refusal of input that makes no sense. */
export function invalid(message: string): AwsError {
    return new AwsError("InvalidParameterException", message);
}

/**
 * A list of a request that may neither be empty nor longer than its page of the API reference says.
 * @throws AwsError InvalidParameterException
 */
export function checkedList<Item>(
    items: readonly Item[] | undefined,
    most: number,
    what: string,
): readonly Item[] {
    if (items === undefined || items.length === 0) {
        throw invalid(`${what} cannot be empty.`);
    }
    if (items.length > most) {
        throw invalid(`${what} cannot have more than ${most} entries: got ${items.length}.`);
    }
    return items;
}

/**
 * Names of clusters and services: up to 255 letters, numbers, underscores and hyphens.
 * Source: API references of CreateCluster and CreateService.
 * @throws AwsError InvalidParameterException
 */
export function checkName(name: string | undefined, what: string): void {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name ?? "")) {
        throw invalid(
            `Invalid identifier: ${what} ${name ?? ""}. Up to 255 letters, numbers, underscores and hyphens are allowed.`,
        );
    }
}

/** Source: API references of the list operations, maxResults. */
const largestPage = 100;

/**
 * Cuts a list into pages the way ECS's list operations do.
 * @param usual how long a page is where the request does not say
 * @throws AwsError InvalidParameterException
 */
export function page<Item>(
    items: readonly Item[],
    request: { readonly maxResults?: number; readonly nextToken?: string },
    usual: number = largestPage,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
    const { maxResults = usual } = request;
    const start = Number(request.nextToken ?? 0);
    if (!Number.isInteger(start) || start < 0) {
        throw invalid("Invalid token.");
    }
    if (maxResults < 1 || maxResults > largestPage) {
        throw invalid(`maxResults must be between 1 and ${largestPage}: got ${maxResults}.`);
    }
    const end = start + maxResults;
    return { items: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
}

/**
 * Whether a capacity provider brings hosts for tasks that fit nowhere: one with managed scaling, or of Managed Instances,
 * whose hosts the local cloud never brings.
 */
export async function waitsForCapacity(
    cloud: Cloud,
    region: string,
    capacityProvider: string | undefined,
): Promise<boolean> {
    if (capacityProvider === undefined) {
        return false;
    }
    if ([...cloud.ecs.managedInstances.values()].some(({ name }) => name === shortName(capacityProvider))) {
        return true;
    }
    const [provider] = await describeCapacityProviders(cloud, region, [capacityProvider]);
    return provider?.autoScalingGroupProvider?.managedScaling?.status === "ENABLED";
}

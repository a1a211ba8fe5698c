import type { CapacityProvider, DescribeCapacityProvidersRequest, Failure } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { activeCluster, page } from "./inputs";
import { managedInstancesView } from "./managedInstances";
import { regionOfArn, shortName } from "./names";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
const usualPage = 10;

/** Those of Auto Scaling groups, which are moto's, and those of Managed Instances; of one cluster where one is named. */
export async function describeCapacityProviders(
    input: DescribeCapacityProvidersRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { capacityProviders: wanted = [] } = input;
    const names = wanted.map(shortName);
    const described = await cloud.moto.ecs<{
        readonly capacityProviders?: readonly CapacityProvider[];
        readonly failures?: readonly Failure[];
    }>(region, "DescribeCapacityProviders", { capacityProviders: input.capacityProviders });
    const scoped = [...cloud.ecs.managedInstances.values()].filter(
        ({ arn, name }) => regionOfArn(arn) === region && (names.length === 0 || names.includes(name)),
    );
    const isOfCluster = await clusterFilter(input.cluster, region, cloud);
    const all = [
        ...(described.capacityProviders ?? []).map((one) => ({ type: "EC2_AUTOSCALING" as const, ...one })),
        ...scoped.map(managedInstancesView),
    ].filter(isOfCluster);
    const { items, nextToken } = page(all, input, usualPage);
    const withTags = input.include?.includes("TAGS") === true;
    return {
        capacityProviders: items.map((one) => (withTags ? one : { ...one, tags: undefined })),
        failures: (described.failures ?? []).filter(
            ({ arn }) => !scoped.some(({ name }) => name === shortName(arn)),
        ),
        nextToken,
    };
}

async function clusterFilter(
    nameOrArn: string | undefined,
    region: string,
    cloud: Cloud,
): Promise<(provider: CapacityProvider) => boolean> {
    if (nameOrArn === undefined) {
        return () => true;
    }
    const { clusterArn, capacityProviders = [] } = await activeCluster(cloud, region, nameOrArn);
    const attached = capacityProviders.map(shortName);
    return ({ cluster, name = "" }) =>
        cluster === clusterArn || (cluster === undefined && attached.includes(name));
}

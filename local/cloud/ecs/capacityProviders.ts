import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type {
    CapacityProvider,
    Cluster,
    CreateCapacityProviderRequest,
    DeleteCapacityProviderRequest,
    DescribeCapacityProvidersRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler, RegistryParts } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { shortName } from "./names";

interface Described {
    readonly capacityProviders?: CapacityProvider[];
    readonly failures?: unknown[];
}

/** ECS marks the Auto Scaling groups that it watches. Source: the guide on Auto Scaling group capacity providers. */
const managedTag = "AmazonECSManaged";

export const createCapacityProvider: Handler = async (call, cloud) => {
    const input = inputOf(call) as CreateCapacityProviderRequest;
    const name = input.name ?? "";
    return cloud.locks.run("capacity providers", async () => {
        checkName(name);
        const existing = await describe(cloud, call.region, [...cloud.ecs.capacityProviderArns]);
        if (existing.some((provider) => provider.name === name)) {
            throw invalid(
                `The specified capacity provider already exists. To change its configuration, update it: ${name}`,
            );
        }
        const provider = input.autoScalingGroupProvider;
        const group = await checkGroup(cloud, call.region, provider?.autoScalingGroupArn, existing);
        if (provider?.managedTerminationProtection === "ENABLED") {
            checkTerminationProtection(provider.managedScaling?.status, group);
        }
        const created = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
            call.region,
            "CreateCapacityProvider",
            input,
        );
        cloud.ecs.capacityProviderArns.add(created.capacityProvider.capacityProviderArn ?? "");
        await markGroup(cloud, call.region, group);
        return jsonAnswer({ capacityProvider: withDefaults(created.capacityProvider) });
    });
};

export const describeCapacityProviders: Handler = async (call, cloud) => {
    const input = inputOf(call) as DescribeCapacityProvidersRequest;
    const wanted = input.capacityProviders ?? [...cloud.ecs.capacityProviderArns];
    const described = await cloud.moto.ecs<Described>(call.region, "DescribeCapacityProviders", {
        ...input,
        capacityProviders: wanted,
    });
    return jsonAnswer({ ...described, capacityProviders: described.capacityProviders?.map(withDefaults) });
};

export const updateCapacityProvider: Handler = async (call, cloud) => {
    const input = inputOf(call) as { name?: string };
    await existing(cloud, call.region, input.name ?? "");
    const updated = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
        call.region,
        "UpdateCapacityProvider",
        input,
    );
    return jsonAnswer({ capacityProvider: withDefaults(updated.capacityProvider) });
};

/** A capacity provider goes only when no cluster has it. */
export const deleteCapacityProvider: Handler = async (call, cloud) => {
    const input = inputOf(call) as DeleteCapacityProviderRequest;
    return cloud.locks.run("capacity providers", async () => {
        const provider = await existing(cloud, call.region, input.capacityProvider ?? "");
        const { clusterArns = [] } = await cloud.moto.ecs<{ clusterArns?: string[] }>(
            call.region,
            "ListClusters",
            {},
        );
        const { clusters = [] } = await cloud.moto.ecs<{ clusters?: Cluster[] }>(
            call.region,
            "DescribeClusters",
            {
                clusters: clusterArns,
            },
        );
        const user = clusters.find(
            ({ status, capacityProviders }) =>
                status === "ACTIVE" && capacityProviders?.includes(provider.name ?? "") === true,
        );
        if (user !== undefined) {
            throw new AwsError(
                "ClientException",
                "The capacity provider cannot be deleted because it is associated with cluster: " +
                    `${user.clusterName ?? ""}. Remove the capacity provider from the cluster and try again.`,
            );
        }
        const answer = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
            call.region,
            "DeleteCapacityProvider",
            { capacityProvider: provider.name },
        );
        cloud.ecs.capacityProviderArns.delete(provider.capacityProviderArn ?? "");
        const updateStatus = "DELETE_COMPLETE";
        return jsonAnswer({
            capacityProvider: { ...answer.capacityProvider, status: "INACTIVE", updateStatus },
        });
    });
};

/** The capacity provider, associated with the cluster, whose group the instance belongs to. */
export async function capacityProviderOf(
    cloud: RegistryParts,
    region: string,
    clusterProviders: readonly string[],
    groupArn: string | undefined,
): Promise<string | undefined> {
    const providers = groupArn === undefined ? [] : await describe(cloud, region, clusterProviders);
    return providers.find((provider) => provider.autoScalingGroupProvider?.autoScalingGroupArn === groupArn)
        ?.name;
}

async function describe(
    cloud: RegistryParts,
    region: string,
    names: readonly string[],
): Promise<CapacityProvider[]> {
    if (names.length === 0) {
        return [];
    }
    const described = await cloud.moto.ecs<Described>(region, "DescribeCapacityProviders", {
        capacityProviders: names,
    });
    return described.capacityProviders ?? [];
}

async function existing(cloud: Cloud, region: string, nameOrArn: string): Promise<CapacityProvider> {
    const [provider] = await describe(cloud, region, [nameOrArn]);
    if (provider === undefined) {
        throw invalid(
            `The specified capacity provider does not exist. Specify a valid name or ARN and try again.`,
        );
    }
    return provider;
}

/** Managed draining is on unless switched off. Source: API_AutoScalingGroupProvider. */
function withDefaults(provider: CapacityProvider): CapacityProvider {
    return {
        ...provider,
        autoScalingGroupProvider: {
            managedDraining: "ENABLED",
            ...provider.autoScalingGroupProvider,
            autoScalingGroupArn: provider.autoScalingGroupProvider?.autoScalingGroupArn,
        },
    };
}

function checkName(name: string): void {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name) || /^(aws|ecs|fargate)/i.test(name)) {
        throw invalid(
            "The specified capacity provider name is invalid. Up to 255 letters, numbers, underscores and hyphens " +
                "are allowed, and the name cannot begin with aws, ecs, or fargate.",
        );
    }
}

async function checkGroup(
    cloud: Cloud,
    region: string,
    arn: string | undefined,
    others: readonly CapacityProvider[],
): Promise<AutoScalingGroup> {
    const name = shortName(arn ?? "");
    const { AutoScalingGroups: groups } = await cloud.moto
        .autoScaling(region)
        .describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    const group = groups?.[0];
    if (arn === undefined || (group?.AutoScalingGroupARN !== arn && arn !== name) || group === undefined) {
        throw invalid("The specified Auto Scaling group ARN is invalid. Specify a valid ARN and try again.");
    }
    if (
        others.some(
            (other) => other.autoScalingGroupProvider?.autoScalingGroupArn === group.AutoScalingGroupARN,
        )
    ) {
        throw invalid("The specified Auto Scaling group is already being used by another capacity provider.");
    }
    return group;
}

function checkTerminationProtection(scaling: string | undefined, group: AutoScalingGroup): void {
    if (scaling !== "ENABLED" || group.NewInstancesProtectedFromScaleIn !== true) {
        throw invalid(
            "The managed termination protection setting for the capacity provider is invalid. To enable managed " +
                "termination protection for a capacity provider, the Auto Scaling group must have instance protection " +
                "from scale in enabled, and managed scaling must be enabled.",
        );
    }
}

async function markGroup(cloud: Cloud, region: string, group: AutoScalingGroup): Promise<void> {
    await cloud.moto.autoScaling(region).createOrUpdateTags({
        Tags: [
            {
                ResourceId: group.AutoScalingGroupName,
                ResourceType: "auto-scaling-group",
                Key: managedTag,
                Value: group.Tags?.find(({ Key }) => Key === managedTag)?.Value ?? "",
                PropagateAtLaunch: true,
            },
        ],
    });
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidParameterException", message);
}

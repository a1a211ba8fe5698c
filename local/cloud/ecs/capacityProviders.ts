import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type {
    CapacityProvider,
    CreateCapacityProviderRequest,
    DeleteCapacityProviderRequest,
    UpdateCapacityProviderRequest,
} from "@aws-sdk/client-ecs";
import { findGroup } from "../autoScaling/members";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { describeCapacityProviders, invalid } from "./inputs";
import {
    createManagedInstances,
    deleteManagedInstances,
    findManagedInstances,
    updateManagedInstances,
} from "./managedInstances";
import { setDrainingHook } from "./managedDraining";
import { shortName } from "./names";

/** ECS marks the Auto Scaling groups that it watches. Source: the guide on Auto Scaling group capacity providers. */
const managedTag = "AmazonECSManaged";
const lock = "capacity providers";

export async function createCapacityProvider(
    input: CreateCapacityProviderRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    return cloud.locks.run(lock, async () => {
        const { name = "", autoScalingGroupProvider: provider } = input;
        checkName(name);
        const others = await describeCapacityProviders(cloud, region);
        const scoped = [...cloud.ecs.managedInstances.values()];
        if ([...others, ...scoped].some((other) => other.name === name)) {
            throw invalid(
                `The specified capacity provider already exists. To change its configuration, update it: ${name}`,
            );
        }
        if (input.managedInstancesProvider !== undefined) {
            return createManagedInstances(input, region, cloud);
        }
        const group = await checkGroup(cloud, region, provider?.autoScalingGroupArn, others);
        if (provider?.managedTerminationProtection === "ENABLED") {
            checkTerminationProtection(provider.managedScaling?.status, group);
        }
        const created = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
            region,
            "CreateCapacityProvider",
            {
                ...input,
                // Managed draining is on unless switched off. Source: API_AutoScalingGroupProvider.
                autoScalingGroupProvider: { managedDraining: "ENABLED", ...provider },
            },
        );
        await markGroup(cloud, region, group);
        await setDrainingHook(cloud, region, created.capacityProvider);
        return created;
    });
}

export async function updateCapacityProvider(
    input: UpdateCapacityProviderRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const scoped = findManagedInstances(cloud, region, input.name);
    if (scoped !== undefined) {
        return updateManagedInstances(scoped, input);
    }
    await existing(cloud, region, input.name);
    const updated = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
        region,
        "UpdateCapacityProvider",
        input,
    );
    await setDrainingHook(cloud, region, updated.capacityProvider);
    return updated;
}

/** A capacity provider goes only when no cluster has it. */
export async function deleteCapacityProvider(
    input: DeleteCapacityProviderRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    return cloud.locks.run(lock, async () => {
        const scoped = findManagedInstances(cloud, region, input.capacityProvider);
        if (scoped !== undefined) {
            return deleteManagedInstances(scoped, input, region, cloud);
        }
        const { name = "" } = await existing(cloud, region, input.capacityProvider);
        const { clusterArns = [] } = await cloud.moto.ecs<{ clusterArns?: string[] }>(
            region,
            "ListClusters",
            {},
        );
        const user = (await cloud.moto.describeClusters(region, clusterArns)).find(
            ({ status, capacityProviders }) =>
                status === "ACTIVE" && capacityProviders?.includes(name) === true,
        );
        if (user !== undefined) {
            throw new AwsError(
                "ClientException",
                "The capacity provider cannot be deleted because it is associated with cluster: " +
                    `${user.clusterName ?? ""}. Remove the capacity provider from the cluster and try again.`,
            );
        }
        const { capacityProvider } = await cloud.moto.ecs<{ capacityProvider: CapacityProvider }>(
            region,
            "DeleteCapacityProvider",
            { capacityProvider: name },
        );
        const deleted = { status: "INACTIVE", updateStatus: "DELETE_COMPLETE" };
        return { capacityProvider: { ...capacityProvider, ...deleted } };
    });
}

async function existing(
    cloud: Cloud,
    region: string,
    nameOrArn: string | undefined,
): Promise<CapacityProvider> {
    const [provider] = await describeCapacityProviders(cloud, region, [nameOrArn ?? ""]);
    if (provider === undefined) {
        throw invalid(
            `The specified capacity provider does not exist. Specify a valid name or ARN and try again.`,
        );
    }
    return provider;
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
    const name = shortName(arn);
    const group = await findGroup(cloud, region, name);
    if (group === undefined || (group.AutoScalingGroupARN !== arn && arn !== name)) {
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

async function markGroup({ moto }: Cloud, region: string, group: AutoScalingGroup): Promise<void> {
    await moto.autoScaling(region).createOrUpdateTags({
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

import type {
    CapacityProvider,
    CreateCapacityProviderRequest,
    DeleteCapacityProviderRequest,
    UpdateCapacityProviderRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { isUsed } from "./clusterCapacityProviders";
import { activeCluster, invalid } from "./inputs";
import { regionOfArn, shortName } from "./names";
import type { ManagedInstancesRecord } from "./state";

/** A capacity provider of Managed Instances of the region, by name or ARN. */
export function findManagedInstances(
    { ecs }: Pick<Cloud, "ecs">,
    region: string,
    nameOrArn: string | undefined,
): ManagedInstancesRecord | undefined {
    return [...ecs.managedInstances.values()].find(
        ({ arn, name }) => regionOfArn(arn) === region && name === shortName(nameOrArn),
    );
}

/**
 * Makes a capacity provider that only its cluster has. It is ready at once, where ECS may take a while over it, and brings no
 * instances. That its ARN is made like those of others is unverified.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html
 */
export async function createManagedInstances(
    { name = "", cluster, managedInstancesProvider: provider, ...rest }: CreateCapacityProviderRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    if (cluster === undefined || rest.autoScalingGroupProvider !== undefined) {
        throw invalid(
            "A capacity provider of Managed Instances is of one cluster, and of no Auto Scaling group.",
        );
    }
    const template = provider?.instanceLaunchTemplate;
    if (
        provider?.infrastructureRoleArn === undefined ||
        template?.ec2InstanceProfileArn === undefined ||
        template.networkConfiguration === undefined
    ) {
        throw invalid(
            "An infrastructure role, and a launch template with an instance profile and a network, are required.",
        );
    }
    const { clusterArn } = await activeCluster(cloud, region, cluster);
    const record: ManagedInstancesRecord = {
        arn: clusterArn.replace(/:cluster\/.*/, `:capacity-provider/${name}`),
        name,
        clusterArn,
        managedInstancesProvider: provider,
        status: "ACTIVE",
        updateStatus: "CREATE_COMPLETE",
        tags: rest.tags ?? [],
    };
    cloud.ecs.managedInstances.set(record.arn, record);
    return { capacityProvider: managedInstancesView(record) };
}

export function updateManagedInstances(
    record: ManagedInstancesRecord,
    { managedInstancesProvider: change }: UpdateCapacityProviderRequest,
): object {
    if (record.status !== "ACTIVE") {
        throw beingDeleted();
    }
    const { instanceLaunchTemplate: template, ...rest } = change ?? {};
    const current = record.managedInstancesProvider;
    record.managedInstancesProvider = {
        ...current,
        ...rest,
        instanceLaunchTemplate: { ...current.instanceLaunchTemplate, ...template } as never,
    };
    record.updateStatus = "UPDATE_COMPLETE";
    return { capacityProvider: managedInstancesView(record) };
}

/**
 * It goes by its cluster alone, and only when no strategy of a service names it. After a while it is gone.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCapacityProvider.html
 */
export async function deleteManagedInstances(
    record: ManagedInstancesRecord,
    { cluster }: DeleteCapacityProviderRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    if (cluster === undefined) {
        throw invalid(`The cluster of the capacity provider ${record.name} must be specified.`);
    }
    const { clusterArn } = await activeCluster(cloud, region, cluster);
    if (clusterArn !== record.clusterArn) {
        throw invalid(
            "The specified capacity provider does not exist. Specify a valid name or ARN and try again.",
        );
    }
    if (record.status !== "ACTIVE") {
        throw beingDeleted();
    }
    const hasDaemon = [...cloud.ecs.daemons.values()].some(({ capacityProviderArns }) =>
        capacityProviderArns.includes(record.arn),
    );
    // That daemons keep it is unverified.
    if (hasDaemon || isUsed(cloud, clusterArn, record.name)) {
        throw new AwsError(
            "ClientException",
            "The capacity provider cannot be deleted because it is in use. Remove it from the capacity provider " +
                "strategies of all services, stop its tasks, delete its daemons, and try again.",
        );
    }
    record.status = "DEPROVISIONING";
    record.updateStatus = "DELETE_IN_PROGRESS";
    cloud.timers.after(cloud.settings.taskSeconds, () => {
        cloud.ecs.managedInstances.delete(record.arn);
    });
    return { capacityProvider: managedInstancesView(record) };
}

/** As DescribeCapacityProviders shows it. */
export function managedInstancesView({
    arn,
    clusterArn,
    ...record
}: ManagedInstancesRecord): CapacityProvider {
    const { name, managedInstancesProvider, status, updateStatus, tags } = record;
    return {
        capacityProviderArn: arn,
        name,
        cluster: clusterArn,
        type: "MANAGED_INSTANCES",
        managedInstancesProvider,
        status,
        updateStatus,
        tags: [...tags],
    };
}

/** That this is the code is unverified; it is among those of the page. */
function beingDeleted(): AwsError {
    return new AwsError("UpdateInProgressException", "The capacity provider is being deleted.");
}

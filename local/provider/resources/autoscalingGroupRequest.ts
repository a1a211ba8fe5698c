import type { Tag, UpdateAutoScalingGroupType } from "@aws-sdk/client-auto-scaling";
import type { GroupInputs, GroupTag } from "./autoscalingGroupInputs";

/** What creating and updating a group have in common. */
export type GroupRequest = Omit<UpdateAutoScalingGroupType, "AutoScalingGroupName">;

/** The inputs of a group as AWS takes them. */
export function toGroupRequest(inputs: GroupInputs): GroupRequest {
    const { launchTemplate: template, instanceMaintenancePolicy: policy } = inputs;
    const subnets = inputs.vpcZoneIdentifiers ?? [];
    return {
        AvailabilityZones:
            subnets.length > 0 || inputs.availabilityZones === undefined
                ? undefined
                : [...inputs.availabilityZones],
        CapacityRebalance: inputs.capacityRebalance,
        DefaultCooldown: inputs.defaultCooldown,
        DefaultInstanceWarmup: inputs.defaultInstanceWarmup,
        DesiredCapacity: inputs.desiredCapacity,
        HealthCheckGracePeriod: inputs.healthCheckGracePeriod,
        HealthCheckType: inputs.healthCheckType,
        InstanceMaintenancePolicy: policy && {
            MaxHealthyPercentage: policy.maxHealthyPercentage,
            MinHealthyPercentage: policy.minHealthyPercentage,
        },
        LaunchTemplate: {
            // AWS takes the id or the name, not both.
            ...(template.id === undefined
                ? { LaunchTemplateName: template.name }
                : { LaunchTemplateId: template.id }),
            Version: template.version ?? "$Default",
        },
        MaxInstanceLifetime: inputs.maxInstanceLifetime,
        MaxSize: inputs.maxSize,
        MinSize: inputs.minSize,
        NewInstancesProtectedFromScaleIn: inputs.protectFromScaleIn,
        ServiceLinkedRoleARN: inputs.serviceLinkedRoleArn,
        TerminationPolicies:
            inputs.terminationPolicies === undefined ? undefined : [...inputs.terminationPolicies],
        VPCZoneIdentifier: subnets.length > 0 ? subnets.join(",") : undefined,
    };
}

/** Tags of the group `name` as AWS takes them. */
export function toGroupTags(name: string, tags: readonly GroupTag[]): (Tag & { Key: string })[] {
    return tags.map((tag) => ({
        Key: tag.key,
        PropagateAtLaunch: tag.propagateAtLaunch,
        ResourceId: name,
        ResourceType: "auto-scaling-group",
        Value: tag.value,
    }));
}

import type * as pulumi from "@pulumi/pulumi";

/** What an environment tells about itself: the stack's outputs. */
export interface SlesEcsOutputs {
    readonly clusterName: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    readonly region: string;
    readonly hostImageId: string;
    readonly hostImageName: string;
    readonly hostMode: "fixed" | "autoScaling";
    /** In the order of the hosts' numbers; with fixed hosts only. */
    readonly instanceIds?: readonly pulumi.Output<string>[];
    /** With auto-scaling hosts only. */
    readonly autoScalingGroupName?: pulumi.Output<string>;
    /** With auto-scaling hosts only. */
    readonly capacityProviderName?: pulumi.Output<string>;
    /** In the order of the hosts' numbers; with fixed hosts that have docker volumes only. */
    readonly dockerVolumeIds?: readonly pulumi.Output<string>[];
    /** Name of the instance role; of the instance profile where that existed before. */
    readonly instanceRoleName: pulumi.Output<string>;
    readonly instanceRoleArn: pulumi.Output<string>;
    /** Addresses of the environment's repositories, by their names in the settings; where there are any. */
    readonly repositoryUrls?: Readonly<Record<string, pulumi.Output<string>>>;
    /** Where tasks log to, with `capabilities.awslogs` only. */
    readonly logGroupName?: pulumi.Output<string>;
    readonly vpcId: pulumi.Output<string>;
    /** Subnets that hosts may be in. */
    readonly subnetIds: readonly pulumi.Output<string>[];
    /** The hosts' own security group, where they have one. */
    readonly securityGroupId?: pulumi.Output<string>;
    /** Security groups of the hosts: their own one first, where they have one. */
    readonly securityGroupIds: readonly pulumi.Output<string>[];
}

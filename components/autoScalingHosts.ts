import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { createHostTemplate, type HostTemplateArgs } from "./hostTemplate";
import { hostName, keptName, resourceName } from "./model/names";
import { groupTags, withName } from "./model/tags";

export type AutoScalingHostsArgs = HostTemplateArgs;

/**
 * Hosts in an Auto Scaling group that ECS scales through a capacity provider: tasks that find no room bring a host,
 * and hosts without tasks go.
 * Cost: that of the hosts that run; group, launch template and capacity provider are free.
 */
export class AutoScalingHosts extends pulumi.ComponentResource {
    public readonly autoScalingGroupName: pulumi.Output<string>;
    public readonly capacityProviderName: pulumi.Output<string>;

    constructor(name: string, args: AutoScalingHostsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:AutoScalingHosts", name, {}, opts);
        const template = createHostTemplate(`${name}-template`, args, this);
        const group = this.createGroup(name, template, args);
        const capacityProvider = this.createCapacityProvider(name, group, args);
        this.associate(name, capacityProvider, args);
        this.autoScalingGroupName = group.name;
        this.capacityProviderName = capacityProvider.name;
        this.registerOutputs({
            autoScalingGroupName: this.autoScalingGroupName,
            capacityProviderName: this.capacityProviderName,
        });
    }

    private createGroup(
        name: string,
        template: ec2.LaunchTemplate,
        args: AutoScalingHostsArgs,
    ): autoscaling.Group {
        const { min, max, desired } = args.hosts;
        const tags = groupTags(args.tags, hostName(args.environment));
        return new autoscaling.Group(
            `${name}-group`,
            {
                name: args.stackId.apply((id) =>
                    resourceName("autoScalingGroup", args.environment, args.region, id),
                ),
                minSize: min,
                maxSize: max,
                desiredCapacity: desired,
                vpcZoneIdentifiers: args.subnets
                    .filter(({ zone }) => args.offeredZones.has(zone))
                    .map(({ id }) => id),
                launchTemplate: {
                    id: template.id,
                    // A number, so that a new version shows as a change of the group.
                    version: template.latestVersion.apply(String),
                },
                healthCheckType: "EC2",
                // A group that waited for its hosts' tasks to end could not be deleted while services want them.
                forceDelete: true,
                // Waiting for the first hosts would let them register before the capacity provider is on the cluster, and hosts
                // that do so stay without it: "you can then scale it out" (ECS developer guide, "Amazon ECS capacity providers
                // for EC2 workloads"). So it comes within seconds, long before a host has booted; the ready gate waits for hosts.
                waitForCapacityTimeout: "0",
                tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
            },
            {
                parent: this,
                // From the first host on, their number is ECS's to decide. How long it is waited for matters once.
                ignoreChanges: ["desiredCapacity", "waitForCapacityTimeout", ...keptName],
            },
        );
    }

    private createCapacityProvider(
        name: string,
        group: autoscaling.Group,
        { environment, stackId, region, tags }: AutoScalingHostsArgs,
    ): ecs.CapacityProvider {
        const nameOf = (id?: string) => resourceName("capacityProvider", environment, region, id);
        return new ecs.CapacityProvider(
            `${name}-capacity-provider`,
            {
                name: stackId.apply(nameOf),
                autoScalingGroupProvider: {
                    autoScalingGroupArn: group.arn,
                    managedScaling: {
                        status: "ENABLED",
                        targetCapacity: 100,
                        minimumScalingStepSize: 1,
                        maximumScalingStepSize: 10,
                    },
                    managedDraining: "ENABLED",
                    // Protected hosts outlive their capacity provider and keep the group from being deleted.
                    managedTerminationProtection: "DISABLED",
                },
                tags: withName(tags, nameOf()),
            },
            { parent: this, ignoreChanges: keptName },
        );
    }

    /**
     * Of its own and not inline in the cluster: a cluster with capacity providers cannot be deleted, and inline they
     * would stay until the cluster goes.
     */
    private associate(
        name: string,
        { name: capacityProvider }: ecs.CapacityProvider,
        args: AutoScalingHostsArgs,
    ): void {
        new ecs.ClusterCapacityProviders(
            `${name}-cluster-capacity-providers`,
            {
                clusterName: args.clusterName,
                capacityProviders: [capacityProvider],
                defaultCapacityProviderStrategies: [{ capacityProvider, base: 0, weight: 1 }],
            },
            // Those of groups that people have attached since stay.
            { parent: this, ignoreChanges: ["capacityProviders"] },
        );
    }
}

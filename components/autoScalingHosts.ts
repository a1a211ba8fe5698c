import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { readLaunch, type HostLaunchArgs } from "./hostLaunch";
import { requireHostsOnce } from "./hostsOnce";
import { createHostTemplate, type GroupLaunch } from "./hostTemplate";
import { hostName, keptName, resourceName } from "./model/names";
import { groupTags, withName } from "./model/tags";
import type { AutoScalingHostsInputs } from "./settingsInputs.generated";

export interface AutoScalingHostsArgs extends HostLaunchArgs {
    /** How many hosts there are, and of what kind. @default - `{ mode: "autoScaling" }`: one to three `t3.small` */
    readonly hosts?: AutoScalingHostsInputs;
}

/**
 * Hosts in an Auto Scaling group that ECS scales through a capacity provider: tasks that find no room bring a host,
 * and hosts without tasks go. An environment has one such group, whose capacity provider becomes the cluster's own and its default.
 * Cost: that of the hosts that run; group, launch template and capacity provider are free.
 * @example
 * import { AutoScalingHosts, createEnvironment, EcsCluster, findHostImage, findNetwork, InstanceRole, Network } from "sles-ecs";
 * export = async () => {
 *     const batch = await createEnvironment("batch");
 *     const cluster = new EcsCluster("batch", { ...batch });
 *     const role = new InstanceRole("batch-role", { ...batch, clusterArn: cluster.clusterArn });
 *     const network = new Network("batch-network", { ...batch, network: await findNetwork(batch) });
 *     const { capacityProviderName } = new AutoScalingHosts("batch-hosts", {
 *         ...batch,
 *         hosts: { mode: "autoScaling", min: 0, max: 4 },
 *         hostImage: await findHostImage(batch),
 *         clusterName: cluster.clusterName,
 *         instanceProfileName: role.instanceProfileName,
 *         subnets: network.subnets,
 *         securityGroupIds: network.securityGroupIds,
 *         prerequisites: [role, network],
 *     });
 *     return { capacityProviderName };
 * };
 */
export class AutoScalingHosts extends pulumi.ComponentResource {
    public readonly autoScalingGroupName: pulumi.Output<string>;
    public readonly capacityProviderName: pulumi.Output<string>;

    /** @throws pulumi.RunError with every problem of the settings, and where the environment has a group already */
    constructor(name: string, args: AutoScalingHostsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:AutoScalingHosts", name, {}, opts);
        requireHostsOnce("AutoScalingHosts", name, args);
        const launch = this.readLaunch(args);
        const template = createHostTemplate(`${name}-template`, launch, this);
        const group = this.createGroup(name, template, launch);
        const capacityProvider = this.createCapacityProvider(name, group, launch);
        this.associate(name, capacityProvider, launch);
        this.autoScalingGroupName = group.name;
        this.capacityProviderName = capacityProvider.name;
        this.registerOutputs({
            autoScalingGroupName: this.autoScalingGroupName,
            capacityProviderName: this.capacityProviderName,
        });
    }

    private readLaunch(args: AutoScalingHostsArgs): GroupLaunch {
        const { hosts, ...launch } = readLaunch({ ...args.hosts, mode: "autoScaling" }, args, this);
        if (hosts.mode !== "autoScaling") {
            throw new RangeError(`got hosts of mode ${hosts.mode}, expected autoScaling`);
        }
        return { ...launch, hosts };
    }

    private createGroup(name: string, template: ec2.LaunchTemplate, args: GroupLaunch): autoscaling.Group {
        const { min, max, desired } = args.hosts;
        const tags = groupTags(args.tags, hostName(args.environment));
        return new autoscaling.Group(
            `${name}-group`,
            {
                name: args.stackId.apply((id) =>
                    resourceName("autoScalingGroup", args.environment, args.location.region, id),
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
        { environment, stackId, location: { region }, tags }: GroupLaunch,
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
        args: GroupLaunch,
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

import { ApplicationAutoScaling } from "@aws-sdk/client-application-auto-scaling";
import { AutoScaling, type AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import { setTimeout as pause } from "node:timers/promises";

import { tagKeys, type Tags } from "../../../components/model/tags";
import { renderUserData } from "../../../components/model/userData";
import type { Workplace } from "../../engine/harness";

const roles = {
    infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
    executionRoleArn: "arn:aws:iam::123456789012:role/execution",
};

/** What of others is in an environment, and has to be there after its end. */
export interface Strangers {
    readonly instanceIds: readonly string[];
    readonly logGroup: string;
    readonly targetGroup: string;
}

/** Adds by hand to an environment with a group whatever people and ECS add to one. */
export class Hostility {
    readonly ecs: ECS;
    readonly ec2: EC2;
    readonly logs: CloudWatchLogs;
    readonly cloudMap: ServiceDiscovery;
    private readonly autoScaling: AutoScaling;

    constructor(
        private readonly place: Workplace,
        private readonly cluster: string,
    ) {
        this.ecs = new ECS(place.access);
        this.ec2 = new EC2(place.access);
        this.logs = new CloudWatchLogs(place.access);
        this.cloudMap = new ServiceDiscovery(place.access);
        this.autoScaling = new AutoScaling(place.access);
    }

    /** A capacity provider of somebody's, with a group and a launch template. */
    async makeTheirs(): Promise<void> {
        const { Images = [] } = await this.ec2.describeImages({ Owners: ["amazon"] });
        await this.ec2.createLaunchTemplate({
            LaunchTemplateName: "theirs",
            LaunchTemplateData: { ImageId: Images[0]?.ImageId, InstanceType: "t3.medium" },
        });
        await this.autoScaling.createAutoScalingGroup({
            ...{ AutoScalingGroupName: "theirs", MinSize: 0, MaxSize: 1, DesiredCapacity: 0 },
            AvailabilityZones: ["us-east-1a"],
            LaunchTemplate: { LaunchTemplateName: "theirs", Version: "$Latest" },
        });
        const { AutoScalingGroups = [] } = await this.autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: ["theirs"],
        });
        await this.ecs.createCapacityProvider({
            name: "theirs",
            autoScalingGroupProvider: {
                autoScalingGroupArn: AutoScalingGroups[0]?.AutoScalingGroupARN,
                managedDraining: "DISABLED",
            },
        });
    }

    async addEverything(): Promise<Strangers> {
        const targetGroup = await this.addServices();
        await this.addCapacity();
        const instanceIds = [await this.addHost(), await this.addGroupMember()];
        await this.addGhost();
        const logGroup = await this.addTagged();
        return { instanceIds, logGroup, targetGroup };
    }

    /** Services of all kinds, one with a minimum, one behind a load balancer; a task of none. */
    private async addServices(): Promise<string> {
        const { ecs, cluster } = this;
        const containerDefinitions = [
            {
                ...{ name: "app", image: "registry.suse.com/bci/bci-base:15.7", memory: 64 },
                ...{ portMappings: [{ containerPort: 80 }], stopTimeout: 2 },
            },
        ];
        await ecs.registerTaskDefinition({ family: "app", containerDefinitions });
        const app = { cluster, taskDefinition: "app", desiredCount: 1 };
        await ecs.createService({ ...app, serviceName: "steered" });
        await this.setMinimum("steered");
        await ecs.createService({ ...app, serviceName: "daemon", schedulingStrategy: "DAEMON" });
        const targetGroup = await this.makeTargetGroup();
        await ecs.createService({
            ...{ ...app, serviceName: "balanced" },
            loadBalancers: [{ targetGroupArn: targetGroup, containerName: "app", containerPort: 80 }],
        });
        await ecs.createExpressGatewayService({
            ...{ ...roles, cluster, serviceName: "express" },
            primaryContainer: { image: "registry.suse.com/suse/nginx:1.21" },
        });
        await ecs.runTask({ cluster, taskDefinition: "app", count: 1 });
        return targetGroup;
    }

    private async setMinimum(service: string): Promise<void> {
        await new ApplicationAutoScaling(this.place.access).registerScalableTarget({
            ServiceNamespace: "ecs",
            ScalableDimension: "ecs:service:DesiredCount",
            ResourceId: `service/${this.cluster}/${service}`,
            MinCapacity: 1,
            MaxCapacity: 3,
        });
    }

    private async makeTargetGroup(): Promise<string> {
        const balancing = new ElasticLoadBalancingV2(this.place.access);
        const { Vpcs = [] } = await this.ec2.describeVpcs({
            Filters: [{ Name: "is-default", Values: ["true"] }],
        });
        const { TargetGroups = [] } = await balancing.createTargetGroup({
            ...{ Name: "web", Protocol: "HTTP", Port: 80, VpcId: Vpcs[0]?.VpcId },
        });
        const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? "";
        await balancing.modifyTargetGroupAttributes({
            TargetGroupArn,
            Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "3" }],
        });
        return TargetGroupArn;
    }

    /** A capacity provider of Managed Instances with a daemon, and somebody's. */
    private async addCapacity(): Promise<void> {
        const { ecs, cluster } = this;
        const { capacityProvider } = await ecs.createCapacityProvider({
            ...{ name: "managed", cluster },
            managedInstancesProvider: {
                infrastructureRoleArn: roles.infrastructureRoleArn,
                instanceLaunchTemplate: {
                    ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/hosts",
                    networkConfiguration: { subnets: ["subnet-12345678"] },
                },
            },
        });
        const { daemonTaskDefinitionArn } = await ecs.registerDaemonTaskDefinition({
            family: "agent",
            containerDefinitions: [{ name: "agent", image: "registry.suse.com/bci/bci-base:15.7" }],
        });
        await ecs.createDaemon({
            ...{ daemonName: "agent", clusterArn: cluster, daemonTaskDefinitionArn },
            capacityProviderArns: [capacityProvider?.capacityProviderArn ?? ""],
        });
        const { clusters = [] } = await ecs.describeClusters({ clusters: [cluster] });
        const own = (clusters[0]?.capacityProviders ?? []).filter((name) => name !== "managed");
        await ecs.putClusterCapacityProviders({
            cluster,
            capacityProviders: [...own, "theirs"],
            defaultCapacityProviderStrategy: [],
        });
    }

    /** An instance of somebody's in the default network, whose agent has joined the cluster. */
    private async addHost(): Promise<string> {
        const group = await this.group();
        const [member] = await this.instances(
            group.Instances?.map(({ InstanceId = "" }) => InstanceId) ?? [],
        );
        const userData = renderUserData({
            ...{ clusterName: this.cluster, generation: 15 },
            storage: { mode: "imageStore" },
        });
        const { Instances = [] } = await this.ec2.runInstances({
            ...{ MinCount: 1, MaxCount: 1, ImageId: member?.ImageId, InstanceType: member?.InstanceType },
            IamInstanceProfile: { Arn: member?.IamInstanceProfile?.Arn },
            UserData: Buffer.from(userData).toString("base64"),
        });
        const id = Instances[0]?.InstanceId ?? "";
        await eventually(`${id} joins`, async () => (await this.registered()).has(id));
        return id;
    }

    /** A host of the cluster whose instance went while its agent was silent. */
    private async addGhost(): Promise<void> {
        const id = await this.addHost();
        await this.ec2.stopInstances({ InstanceIds: [id] });
        await eventually(`${id} is silent`, async () => (await this.registered()).get(id) === false);
        await this.ec2.terminateInstances({ InstanceIds: [id] });
    }

    /** A hook that holds hosts for an hour, a protected host, and somebody's instance in the group. */
    private async addGroupMember(): Promise<string> {
        const { AutoScalingGroupName, Instances = [] } = await this.group();
        await this.autoScaling.putLifecycleHook({
            ...{ AutoScalingGroupName, LifecycleHookName: "ship-logs", HeartbeatTimeout: 3600 },
            LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        });
        const [first] = Instances;
        const [member] = await this.instances([first?.InstanceId ?? ""]);
        const launched = await this.ec2.runInstances({
            ...{ MinCount: 1, MaxCount: 1, ImageId: member?.ImageId, InstanceType: member?.InstanceType },
            Placement: { AvailabilityZone: member?.Placement?.AvailabilityZone },
        });
        const id = launched.Instances?.[0]?.InstanceId ?? "";
        await this.autoScaling.attachInstances({ AutoScalingGroupName, InstanceIds: [id] });
        await this.autoScaling.setInstanceProtection({
            ...{ AutoScalingGroupName, ProtectedFromScaleIn: true },
            InstanceIds: [first?.InstanceId ?? "", id],
        });
        return id;
    }

    /** A log group and a namespace with the environment's tags. @returns a log group of others */
    private async addTagged(): Promise<string> {
        const { clusters = [] } = await this.ecs.describeClusters({
            ...{ clusters: [this.cluster], include: ["TAGS"] },
        });
        const tags: Tags = Object.fromEntries(
            (clusters[0]?.tags ?? []).map(({ key = "", value = "" }) => [key, value]),
        );
        const own = Object.fromEntries(
            [tagKeys.environment, tagKeys.stack, tagKeys.stackId].map((key) => [key, tags[key] ?? ""]),
        );
        await this.logs.createLogGroup({ logGroupName: `/ecs/${this.cluster}`, tags: own });
        await this.logs.createLogGroup({ logGroupName: "/ecs/others" });
        await this.cloudMap.createHttpNamespace({
            Name: this.cluster,
            Tags: Object.entries(own).map(([Key, Value]) => ({ Key, Value })),
        });
        return "/ecs/others";
    }

    private async group(): Promise<AutoScalingGroup> {
        const { AutoScalingGroups = [] } = await this.autoScaling.describeAutoScalingGroups({
            Filters: [{ Name: `tag:${tagKeys.environment}`, Values: [this.cluster] }],
        });
        return AutoScalingGroups[0] ?? fail("there is no group");
    }

    private async instances(InstanceIds: string[]) {
        const { Reservations = [] } = await this.ec2.describeInstances({ InstanceIds });
        return Reservations.flatMap(({ Instances = [] }) => Instances);
    }

    /** Whether the agent is connected, by instance. */
    private async registered(): Promise<ReadonlyMap<string, boolean>> {
        const { cluster } = this;
        const { containerInstanceArns = [] } = await this.ecs.listContainerInstances({ cluster });
        const { containerInstances = [] } = await this.ecs.describeContainerInstances({
            ...{ cluster, containerInstances: containerInstanceArns },
        });
        return new Map(
            containerInstances.map(({ ec2InstanceId = "", agentConnected = false }) => [
                ec2InstanceId,
                agentConnected,
            ]),
        );
    }

    /** Those of these instances that run. */
    async running(ids: readonly string[]): Promise<readonly string[]> {
        return (await this.instances([...ids]))
            .filter(({ State }) => State?.Name === "running")
            .map(({ InstanceId = "" }) => InstanceId);
    }
}

function fail(why: string): never {
    throw new Error(why);
}

async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await isSo()); tries += 1) {
        if (tries === 300) {
            fail(`not so for a minute: ${what}`);
        }
        await pause(200);
    }
}

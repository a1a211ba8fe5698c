import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
    DescribeAddressesCommand,
    DescribeInstancesCommand,
    DescribeInternetGatewaysCommand,
    DescribeLaunchTemplatesCommand,
    DescribeNatGatewaysCommand,
    DescribeRouteTablesCommand,
    DescribeSecurityGroupsCommand,
    DescribeSubnetsCommand,
    DescribeVolumesCommand,
    DescribeVpcEndpointsCommand,
    DescribeVpcsCommand,
    EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeCapacityProvidersCommand, ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { SchedulerClient, ListScheduleGroupsCommand } from "@aws-sdk/client-scheduler";
import { IAMClient, ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";

/** Ids of everything that an account holds, by kind; nothing of it is filtered by tag. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** How a client of the AWS SDK reaches a local cloud. */
export interface Access {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function accessTo(endpoint: string): Access {
    return {
        endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
}

/** Reads an account whole, in one question a kind. */
export async function inventory(endpoint: string): Promise<Inventory> {
    const access = accessTo(endpoint);
    const ec2 = new EC2Client(access);
    const ecs = new ECSClient(access);
    const iam = new IAMClient(access);
    const autoScaling = new AutoScalingClient(access);
    const scheduler = new SchedulerClient(access);
    const read: Record<string, Promise<(string | undefined)[] | undefined>> = {
        clusters: ecs.send(new ListClustersCommand({})).then((a) => a.clusterArns),
        capacityProviders: ecs
            .send(new DescribeCapacityProvidersCommand({}))
            .then((a) => a.capacityProviders?.filter((p) => p.status === "ACTIVE").map((p) => p.name)),
        instances: ec2.send(new DescribeInstancesCommand({})).then((a) =>
            (a.Reservations ?? [])
                .flatMap((r) => r.Instances ?? [])
                .filter((i) => i.State?.Name !== "terminated")
                .map((i) => i.InstanceId),
        ),
        volumes: ec2.send(new DescribeVolumesCommand({})).then((a) => a.Volumes?.map((v) => v.VolumeId)),
        launchTemplates: ec2
            .send(new DescribeLaunchTemplatesCommand({}))
            .then((a) => a.LaunchTemplates?.map((t) => t.LaunchTemplateId)),
        securityGroups: ec2
            .send(new DescribeSecurityGroupsCommand({}))
            .then((a) => a.SecurityGroups?.map((g) => g.GroupId)),
        vpcs: ec2.send(new DescribeVpcsCommand({})).then((a) => a.Vpcs?.map((v) => v.VpcId)),
        subnets: ec2.send(new DescribeSubnetsCommand({})).then((a) => a.Subnets?.map((s) => s.SubnetId)),
        routeTables: ec2
            .send(new DescribeRouteTablesCommand({}))
            .then((a) => a.RouteTables?.map((t) => t.RouteTableId)),
        internetGateways: ec2
            .send(new DescribeInternetGatewaysCommand({}))
            .then((a) => a.InternetGateways?.map((g) => g.InternetGatewayId)),
        natGateways: ec2
            .send(new DescribeNatGatewaysCommand({}))
            .then((a) => a.NatGateways?.filter((g) => g.State !== "deleted").map((g) => g.NatGatewayId)),
        addresses: ec2
            .send(new DescribeAddressesCommand({}))
            .then((a) => a.Addresses?.map((e) => e.AllocationId)),
        vpcEndpoints: ec2
            .send(new DescribeVpcEndpointsCommand({}))
            .then((a) =>
                a.VpcEndpoints?.filter((e) => String(e.State).toLowerCase() !== "deleted").map(
                    (e) => e.VpcEndpointId,
                ),
            ),
        autoScalingGroups: autoScaling
            .send(new DescribeAutoScalingGroupsCommand({}))
            .then((a) => a.AutoScalingGroups?.map((g) => g.AutoScalingGroupName)),
        scheduleGroups: scheduler
            .send(new ListScheduleGroupsCommand({}))
            .then((a) => a.ScheduleGroups?.map((g) => g.Name)),
        roles: iam.send(new ListRolesCommand({})).then((a) => a.Roles?.map((r) => r.RoleName)),
        instanceProfiles: iam
            .send(new ListInstanceProfilesCommand({}))
            .then((a) => a.InstanceProfiles?.map((p) => p.InstanceProfileName)),
    };
    const kinds = await Promise.all(
        Object.entries(read).map(
            async ([kind, ids]) => [kind, ((await ids) ?? []).map(String).sort()] as const,
        ),
    );
    return Object.fromEntries(kinds);
}

/** What has come and what has gone, a line a kind; empty where nothing has. */
export function difference(before: Inventory, after: Inventory): readonly string[] {
    const kinds = Object.keys(after);
    const list = (from: Inventory, without: Inventory, word: string): string[] =>
        kinds.flatMap((kind) => {
            const ids = (from[kind] ?? []).filter((id) => !(without[kind] ?? []).includes(id));
            return ids.length === 0 ? [] : [`${word}: ${kind} ${ids.join(", ")}`];
        });
    return [...list(after, before, "orphans"), ...list(before, after, "gone, and of others")];
}

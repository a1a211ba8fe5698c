import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
    DescribeInstancesCommand,
    DescribeLaunchTemplatesCommand,
    DescribeSecurityGroupsCommand,
    DescribeVolumesCommand,
    EC2Client,
} from "@aws-sdk/client-ec2";
import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { IAMClient, ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";

import type { LocalAccess } from "./access";

/** How many things of each kind an account holds. */
export type AccountCounts = Readonly<Record<string, number>>;

/** Counts what the account holds, whatever its tags: the demo's cloud is its own, so all must be as before. */
export async function countAccount(access: LocalAccess): Promise<AccountCounts> {
    const ec2 = new EC2Client(access);
    const iam = new IAMClient(access);
    const notTerminated = [
        { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ];
    const [clusters, instances, volumes, templates, firewalls, groups, roles, profiles] = await Promise.all([
        new ECSClient(access).send(new ListClustersCommand({})),
        ec2.send(new DescribeInstancesCommand({ Filters: notTerminated })),
        ec2.send(new DescribeVolumesCommand({})),
        ec2.send(new DescribeLaunchTemplatesCommand({})),
        ec2.send(new DescribeSecurityGroupsCommand({})),
        new AutoScalingClient(access).send(new DescribeAutoScalingGroupsCommand({})),
        iam.send(new ListRolesCommand({})),
        iam.send(new ListInstanceProfilesCommand({})),
    ]);
    return {
        clusters: count(clusters.clusterArns),
        hosts: (instances.Reservations ?? []).reduce((sum, { Instances }) => sum + count(Instances), 0),
        volumes: count(volumes.Volumes),
        "launch templates": count(templates.LaunchTemplates),
        "auto scaling groups": count(groups.AutoScalingGroups),
        "security groups": count(firewalls.SecurityGroups),
        roles: count(roles.Roles),
        "instance profiles": count(profiles.InstanceProfiles),
    };
}

function count(list: readonly unknown[] | undefined): number {
    return list?.length ?? 0;
}

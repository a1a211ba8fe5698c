import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
    DescribeInstancesCommand,
    DescribeLaunchTemplatesCommand,
    DescribeSecurityGroupsCommand,
    DescribeVolumesCommand,
    EC2Client,
} from "@aws-sdk/client-ec2";
import {
    CreateServiceCommand,
    ECSClient,
    ListClustersCommand,
    RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { IAMClient, ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";

/** How AWS SDK clients reach the demo's local cloud, whatever the environment of the person says. */
export interface LocalAccess {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** @param env As the local cloud gives it. */
export function localAccess(env: Readonly<Record<string, string>>): LocalAccess {
    const {
        AWS_ENDPOINT_URL: endpoint = "",
        AWS_REGION: region = "",
        AWS_ACCESS_KEY_ID: accessKeyId = "",
        AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
    } = env;
    return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

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

/** SUSE's base container image; `registry.suse.com` needs no account. */
const containerImage = "registry.suse.com/bci/bci-base:latest";

/** Runs a service by hand, as people do, without Pulumi: what a destroy has to cope with. @returns its name. */
export async function startSampleService(access: LocalAccess, clusterName: string): Promise<string> {
    const ecs = new ECSClient(access);
    const serviceName = "hello";
    const definition = await ecs.send(
        new RegisterTaskDefinitionCommand({
            family: serviceName,
            containerDefinitions: [
                {
                    name: serviceName,
                    image: containerImage,
                    memory: 64,
                    cpu: 10,
                    essential: true,
                    command: ["sleep", "infinity"],
                },
            ],
        }),
    );
    await ecs.send(
        new CreateServiceCommand({
            cluster: clusterName,
            serviceName,
            taskDefinition: definition.taskDefinition?.taskDefinitionArn,
            desiredCount: 2,
        }),
    );
    return serviceName;
}

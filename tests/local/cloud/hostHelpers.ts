import type { ContainerInstance } from "@aws-sdk/client-ecs";
import { eventually } from "./testCloud";
import type { TestCloud } from "./testCloud";

const imageFilter = "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64";

/** Zones that offer the type of the hosts; where none is named, a subnet may come to lie in one that does not. */
export const hostZones = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;

export const [hostZone] = hostZones;

/** AWS's own policy for hosts. */
const hostPolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/** The newest image of a name. */
export async function imageId({ ec2 }: TestCloud, name: string = imageFilter): Promise<string> {
    const { Images: images = [] } = await ec2.describeImages({
        Owners: ["amazon"],
        Filters: [{ Name: "name", Values: [name] }],
    });
    const newest = images.sort((one, other) => (other.Name ?? "").localeCompare(one.Name ?? ""))[0];
    if (newest?.ImageId === undefined) {
        throw new Error(`no image ${name}`);
    }
    return newest.ImageId;
}

/** An instance profile whose role is one for hosts. Gives its name. */
export async function hostProfile({ iam }: TestCloud): Promise<string> {
    const name = "ecsInstanceRole";
    await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trustPolicy("ec2.amazonaws.com") });
    await iam.attachRolePolicy({ RoleName: name, PolicyArn: hostPolicyArn });
    await iam.createInstanceProfile({ InstanceProfileName: name });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
    return name;
}

export function trustPolicy(service: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });
}

/** User data that names the cluster in time, and nothing more. */
export function namesCluster(cluster: string): string {
    return `#cloud-config
write_files:
- path: /etc/ecs/ecs.config
  append: true
  content: |
    ECS_CLUSTER=${cluster}
`;
}

export interface HostWish {
    readonly userData?: string;
    readonly profile?: string;
    readonly image?: string;
    readonly subnetId?: string;
    readonly instanceType?: "t3.medium" | "t3.xlarge";
}

/** Launches one instance. Gives its id. */
export async function launchHost(cloud: TestCloud, wish: HostWish): Promise<string> {
    const { Instances: instances } = await cloud.ec2.runInstances({
        ImageId: await imageId(cloud, wish.image),
        InstanceType: wish.instanceType ?? "t3.medium",
        MinCount: 1,
        MaxCount: 1,
        ...(wish.userData !== undefined && { UserData: Buffer.from(wish.userData).toString("base64") }),
        ...(wish.profile !== undefined && { IamInstanceProfile: { Name: wish.profile } }),
        ...(wish.subnetId !== undefined && { SubnetId: wish.subnetId }),
    });
    return instances?.[0]?.InstanceId ?? "";
}

/** A group `hosts` of up to two instances that know no cluster, one of them there already. */
export async function groupOfHosts(cloud: TestCloud): Promise<void> {
    await cloud.ec2.createLaunchTemplate({
        LaunchTemplateName: "hosts",
        LaunchTemplateData: { ImageId: await imageId(cloud), InstanceType: "t3.medium" },
    });
    await cloud.autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: "hosts",
        LaunchTemplate: { LaunchTemplateName: "hosts" },
        MinSize: 0,
        MaxSize: 2,
        DesiredCapacity: 1,
        VPCZoneIdentifier: await subnetIn(cloud, hostZone),
    });
}

async function subnetIn({ ec2 }: TestCloud, zone: string): Promise<string> {
    const Filters = [{ Name: "availability-zone", Values: [zone] }];
    return (await ec2.describeSubnets({ Filters })).Subnets?.[0]?.SubnetId ?? "";
}

/** The hosts of a cluster as ECS describes them. */
export async function hostsOf({ ecs }: TestCloud, cluster: string): Promise<ContainerInstance[]> {
    const { containerInstanceArns: arns = [] } = await ecs.listContainerInstances({ cluster });
    if (arns.length === 0) {
        return [];
    }
    const described = await ecs.describeContainerInstances({
        cluster,
        containerInstances: arns,
        include: ["TAGS"],
    });
    return described.containerInstances ?? [];
}

/** A cluster with this many registered hosts. Gives the instances' ids. */
export async function clusterWithHosts(cloud: TestCloud, cluster: string, count: number): Promise<string[]> {
    await cloud.ecs.createCluster({ clusterName: cluster });
    const profile = await hostProfile(cloud);
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
        ids.push(await launchHost(cloud, { userData: namesCluster(cluster), profile }));
    }
    await eventually(
        () => hostsOf(cloud, cluster),
        (hosts) => hosts.length === count,
    );
    return ids;
}

/** A task definition with one container. Gives its family. */
export async function taskDefinition({ ecs }: TestCloud, memory = 128, cpu = 64): Promise<string> {
    await ecs.registerTaskDefinition({
        family: "web",
        containerDefinitions: [{ name: "web", image: "registry.suse.com/bci/bci-base:15.7", memory, cpu }],
    });
    return "web";
}

export interface HostView {
    readonly instanceId: string;
    readonly phase: string;
    readonly step?: string;
    readonly reason?: string;
    readonly clusterName?: string;
}

/** Waits until the simulator has decided on a host, and gives what it decided. */
export async function verdictOn(
    cloud: TestCloud,
    instanceId: string,
    phases = ["registered", "failed"],
): Promise<HostView> {
    const view = async (): Promise<HostView | undefined> => {
        const { hosts } = (await cloud.control("GET", "hosts")) as { hosts: HostView[] };
        return hosts.find((host) => host.instanceId === instanceId);
    };
    const found = await eventually(view, (host) => host !== undefined && phases.includes(host.phase));
    return found ?? { instanceId, phase: "" };
}

export async function consoleOf({ ec2 }: TestCloud, instanceId: string): Promise<string> {
    const { Output } = await ec2.getConsoleOutput({ InstanceId: instanceId, Latest: true });
    return Buffer.from(Output ?? "", "base64").toString("utf8");
}

import { gzipSync } from "node:zlib";
import * as aws from "@pulumi/aws";
import { makeNetwork, type Network, type Tags } from "./everyNetwork";
import { makeBalancer, makeService } from "./everyService";

/** Where the life of the resources of `everyType` stands. */
export type Phase = "first" | "updated" | "replaced";

const trust = (service: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });

const allow = (action: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }],
    });

const readOnly = "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess";
const containerService = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/** The newest of moto's own images, as good as any. */
async function anyImage(): Promise<string> {
    const image = await aws.ec2.getAmi({
        owners: ["amazon"],
        mostRecent: true,
        filters: [{ name: "virtualization-type", values: ["hvm"] }],
    });
    return image.id;
}

/** One resource of every type, in a state that depends on the phase. */
export async function everyType(phase: Phase): Promise<Record<string, unknown>> {
    const isFirst = phase === "first";
    const isReplaced = phase === "replaced";
    const tags = { phase: isFirst ? "first" : "later" };
    const network = makeNetwork(isFirst, isReplaced, tags);
    const role = makeRole(isFirst, isReplaced, tags);
    const hosts = makeHosts(await anyImage(), network, role.profile, isFirst, isReplaced, tags);
    makeRepository(role.role, isFirst, isReplaced, tags);
    makeLogGroup(isFirst, isReplaced, tags);
    makeSchedule(role.role, isFirst, isReplaced, tags);
    const cluster = makeCluster(hosts.group, isFirst, isReplaced, tags);
    makeService(cluster, isFirst, isReplaced, tags);
    makeBalancer(network, isFirst, isReplaced, tags);
    return {
        instanceId: hosts.instance.id,
        clusterName: cluster.name,
        groupName: hosts.group.name,
        roleName: role.role.name,
        subnetId: network.subnet.id,
        templateName: hosts.template.name,
        volumeId: hosts.volume.id,
        vpcId: network.vpc.id,
    };
}

interface HostRole {
    readonly role: aws.iam.Role;
    readonly profile: aws.iam.InstanceProfile;
}

function makeRole(isFirst: boolean, isReplaced: boolean, tags: Tags): HostRole {
    const role = new aws.iam.Role("role", {
        assumeRolePolicy: trust(isFirst ? "ec2.amazonaws.com" : "ecs.amazonaws.com"),
        description: isFirst ? "first" : "later",
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
    new aws.iam.RolePolicy("policy", {
        role: role.name,
        ...(isReplaced ? { name: "another" } : {}),
        policy: allow(isFirst ? "ecs:Poll" : "ecs:Submit*"),
    });
    new aws.iam.RolePolicyAttachment("attachment", {
        role: role.name,
        policyArn: isReplaced ? containerService : readOnly,
    });
    const profile = new aws.iam.InstanceProfile("profile", {
        role: role.name,
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
    return { role, profile };
}

interface Hosts {
    readonly instance: aws.ec2.Instance;
    readonly volume: aws.ebs.Volume;
    readonly template: aws.ec2.LaunchTemplate;
    readonly group: aws.autoscaling.Group;
}

function makeHosts(
    imageId: string,
    network: Network,
    profile: aws.iam.InstanceProfile,
    isFirst: boolean,
    isReplaced: boolean,
    tags: Tags,
): Hosts {
    const instance = new aws.ec2.Instance("instance", {
        ami: imageId,
        instanceType: isFirst ? "t3.small" : "t3.medium",
        subnetId: network.subnet.id,
        vpcSecurityGroupIds: [network.group.id],
        iamInstanceProfile: profile.name,
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        rootBlockDevice: { volumeType: "gp3", volumeSize: 30, encrypted: true, tags },
        ...(isReplaced
            ? { userDataBase64: gzipSync("#cloud-config\n").toString("base64") }
            : { userData: "#cloud-config\n" }),
        userDataReplaceOnChange: true,
        tags,
    });
    const volume = new aws.ebs.Volume("volume", {
        availabilityZone: "us-east-1a",
        size: isFirst ? 10 : 20,
        type: "gp3",
        encrypted: true,
        ...(isReplaced ? { kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/other" } : {}),
        tags,
    });
    new aws.ec2.VolumeAttachment(
        "volumeAttachment",
        {
            deviceName: "/dev/sdf",
            instanceId: instance.id,
            volumeId: volume.id,
            stopInstanceBeforeDetaching: true,
        },
        { deleteBeforeReplace: true },
    );
    const template = new aws.ec2.LaunchTemplate("template", {
        imageId,
        instanceType: isFirst ? "t3.small" : "t3.medium",
        iamInstanceProfile: { name: profile.name },
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
            {
                deviceName: "/dev/sda1",
                ebs: { volumeType: "gp3", volumeSize: 30, encrypted: "true", deleteOnTermination: "true" },
            },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
        userData: Buffer.from("#cloud-config\n").toString("base64"),
        vpcSecurityGroupIds: [network.group.id],
        updateDefaultVersion: true,
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
    const group = new aws.autoscaling.Group("autoscaling", {
        minSize: 1,
        maxSize: isFirst ? 2 : 3,
        desiredCapacity: 1,
        vpcZoneIdentifiers: [network.subnet.id],
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        healthCheckType: "EC2",
        forceDelete: true,
        tags: [
            { key: "phase", value: tags["phase"] ?? "", propagateAtLaunch: true },
            // ECS gives it to a group that it scales.
            { key: "AmazonECSManaged", value: "", propagateAtLaunch: true },
        ],
        ...(isReplaced ? { name: "another" } : {}),
    });
    makeTrimmed(imageId, network, isFirst, tags);
    return { instance, volume, template, group };
}

/** A template from which a property goes, and a group that has nothing but its tags changed. */
function makeTrimmed(imageId: string, network: Network, isFirst: boolean, tags: Tags): void {
    const trimmed = new aws.ec2.LaunchTemplate("trimmed", {
        imageId,
        ...(isFirst ? { instanceType: "t3.small" } : {}),
    });
    new aws.autoscaling.Group("retagged", {
        minSize: 0,
        maxSize: 0,
        vpcZoneIdentifiers: [network.subnet.id],
        launchTemplate: { id: trimmed.id, version: "$Latest" },
        forceDelete: true,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    });
}

function makeLogGroup(isFirst: boolean, isReplaced: boolean, tags: Tags): void {
    new aws.cloudwatch.LogGroup("logs", {
        ...(isFirst ? { retentionInDays: 7 } : { retentionInDays: 30 }),
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
}

function makeSchedule(role: aws.iam.Role, isFirst: boolean, isReplaced: boolean, tags: Tags): void {
    const group = new aws.scheduler.ScheduleGroup("schedules", {
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
    new aws.scheduler.Schedule("schedule", {
        groupName: group.name,
        flexibleTimeWindow: { mode: "OFF" },
        endDate: isFirst ? "2998-12-31T00:00:00Z" : "2999-12-31T00:00:00Z",
        scheduleExpressionTimezone: isFirst ? "Europe/Berlin" : "UTC",
        scheduleExpression: isFirst ? "at(2998-12-31T00:00:00)" : "at(2999-12-31T00:00:00)",
        state: isFirst ? "ENABLED" : "DISABLED",
        target: {
            arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
            input: JSON.stringify({ InstanceIds: ["i-0123456789abcdef0"] }),
            roleArn: role.arn,
        },
    });
}

function makeRepository(role: aws.iam.Role, isFirst: boolean, isReplaced: boolean, tags: Tags): void {
    const repository = new aws.ecr.Repository("repository", {
        ...(isReplaced ? { name: "another/one" } : { name: "one/web" }),
        imageTagMutability: isFirst ? "MUTABLE" : "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: !isFirst },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        forceDelete: true,
        tags,
    });
    const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: isFirst ? 10 : 20 };
    const rules = [{ rulePriority: 1, selection, action: { type: "expire" } }];
    new aws.ecr.LifecyclePolicy("lifecycle", {
        repository: repository.name,
        policy: JSON.stringify({ rules }),
    });
    new aws.ecr.RepositoryPolicy("repositoryPolicy", {
        repository: repository.name,
        policy: role.arn.apply((arn) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { AWS: arn },
                        Action: isFirst ? ["ecr:BatchGetImage"] : ["ecr:BatchGetImage", "ecr:PutImage"],
                    },
                ],
            }),
        ),
    });
}

function makeCluster(
    group: aws.autoscaling.Group,
    isFirst: boolean,
    isReplaced: boolean,
    tags: Tags,
): aws.ecs.Cluster {
    const cluster = new aws.ecs.Cluster("cluster", {
        settings: [{ name: "containerInsights", value: isFirst ? "disabled" : "enabled" }],
        ...(isReplaced ? { name: "another" } : {}),
        tags,
    });
    const provider = new aws.ecs.CapacityProvider("provider", {
        autoScalingGroupProvider: {
            autoScalingGroupArn: group.arn,
            managedScaling: { status: "ENABLED", targetCapacity: isFirst ? 90 : 100 },
            managedTerminationProtection: "DISABLED",
        },
        tags,
    });
    new aws.ecs.ClusterCapacityProviders("providers", {
        clusterName: cluster.name,
        capacityProviders: [provider.name],
        defaultCapacityProviderStrategies: [
            { capacityProvider: provider.name, base: isFirst ? 0 : 1, weight: 1 },
        ],
    });
    return cluster;
}

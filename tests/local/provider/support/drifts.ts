import type { Clients } from "../../../../local/provider/aws/clients";
import type { StateResource } from "./operations";

type State = ReadonlyMap<string, StateResource>;

/** Something that somebody does to a resource by hand. */
export type Drift = (aws: Clients, state: State) => Promise<unknown>;

function idOf(state: State, name: string): string {
    const id = state.get(name)?.id;
    if (id === undefined) {
        throw new Error(`there is no ${name} in the state`);
    }
    return id;
}

function output(state: State, name: string, property: string): string {
    return String(state.get(name)?.outputs?.[property]);
}

const tagged =
    (name: string): Drift =>
    async (aws, state) =>
        aws.ec2.createTags({
            Resources: [idOf(state, name)],
            Tags: [{ Key: "by", Value: "hand" }],
        });

/** Resources that are there or not; by hand they are taken away. */
export const gone = ["attachment", "volumeAttachment"];

/** One drift for a resource of every type, by its name in `everyType`. */
export const drifts: Readonly<Record<string, Drift>> = {
    association: async (aws, state) =>
        aws.ec2.replaceRouteTableAssociation({
            AssociationId: await associationOf(aws, idOf(state, "subnet")),
            RouteTableId: idOf(state, "table"),
        }),
    attachment: async (aws, state) =>
        aws.iam.detachRolePolicy({
            PolicyArn: output(state, "attachment", "policyArn"),
            RoleName: idOf(state, "role"),
        }),
    autoscaling: async (aws, state) =>
        aws.autoScaling.updateAutoScalingGroup({
            AutoScalingGroupName: idOf(state, "autoscaling"),
            MaxSize: 5,
        }),
    cluster: async (aws, state) =>
        aws.ecs.updateCluster({
            cluster: idOf(state, "cluster"),
            settings: [{ name: "containerInsights", value: "disabled" }],
        }),
    balancer: async (aws, state) =>
        aws.elb.addTags({ ResourceArns: [idOf(state, "balancer")], Tags: [{ Key: "by", Value: "hand" }] }),
    listener: async (aws, state) =>
        aws.elb.modifyListener({ ListenerArn: idOf(state, "listener"), Port: 99 }),
    targets: async (aws, state) =>
        aws.elb.modifyTargetGroup({ TargetGroupArn: idOf(state, "targets"), HealthCheckPath: "/by/hand" }),
    definition: async (aws, state) =>
        aws.ecs.tagResource({
            resourceArn: output(state, "definition", "arn"),
            tags: [{ key: "by", value: "hand" }],
        }),
    service: async (aws, state) =>
        aws.ecs.updateService({
            cluster: idOf(state, "cluster"),
            service: idOf(state, "service"),
            deploymentConfiguration: { maximumPercent: 110 },
        }),
    egress: async (aws, state) =>
        aws.ec2.modifySecurityGroupRules({
            GroupId: output(state, "egress", "securityGroupId"),
            SecurityGroupRules: [
                {
                    SecurityGroupRuleId: idOf(state, "egress"),
                    SecurityGroupRule: {
                        CidrIpv4: "0.0.0.0/0",
                        Description: "by hand",
                        FromPort: -1,
                        IpProtocol: "-1",
                        ToPort: -1,
                    },
                },
            ],
        }),
    lifecycle: async (aws, state) =>
        aws.ecr.putLifecyclePolicy({
            repositoryName: idOf(state, "lifecycle"),
            lifecyclePolicyText: JSON.stringify({
                rules: [
                    {
                        rulePriority: 1,
                        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
                        action: { type: "expire" },
                    },
                ],
            }),
        }),
    repository: async (aws, state) =>
        aws.ecr.putImageTagMutability({
            repositoryName: idOf(state, "repository"),
            imageTagMutability: "MUTABLE",
        }),
    repositoryPolicy: async (aws, state) =>
        aws.ecr.setRepositoryPolicy({
            repositoryName: idOf(state, "repositoryPolicy"),
            policyText: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Principal: "*", Action: ["ecr:BatchGetImage"] }],
            }),
        }),
    eip: tagged("eip"),
    endpoint: async (aws, state) =>
        aws.ec2.modifyVpcEndpoint({
            RemoveRouteTableIds: [idOf(state, "other")],
            VpcEndpointId: idOf(state, "endpoint"),
        }),
    gateway: tagged("gateway"),
    calls: tagged("calls"),
    ingress: tagged("ingress"),
    inside: async (aws, state) =>
        aws.ec2.modifyVpcEndpoint({
            RemoveSecurityGroupIds: [idOf(state, "group")],
            VpcEndpointId: idOf(state, "inside"),
        }),
    instance: async (aws, state) =>
        aws.ec2.modifyInstanceAttribute({
            InstanceId: idOf(state, "instance"),
            SourceDestCheck: { Value: false },
        }),
    nat: tagged("nat"),
    policy: async (aws, state) =>
        aws.iam.putRolePolicy({
            PolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
            }),
            PolicyName: output(state, "policy", "name"),
            RoleName: idOf(state, "role"),
        }),
    profile: async (aws, state) =>
        aws.iam.removeRoleFromInstanceProfile({
            InstanceProfileName: idOf(state, "profile"),
            RoleName: idOf(state, "role"),
        }),
    provider: async (aws, state) =>
        aws.ecs.updateCapacityProvider({
            autoScalingGroupProvider: { managedScaling: { status: "ENABLED", targetCapacity: 55 } },
            name: output(state, "provider", "name"),
        }),
    providers: async (aws, state) =>
        aws.ecs.putClusterCapacityProviders({
            capacityProviders: [output(state, "provider", "name")],
            cluster: idOf(state, "cluster"),
            defaultCapacityProviderStrategy: [
                { capacityProvider: output(state, "provider", "name"), weight: 7 },
            ],
        }),
    role: async (aws, state) => aws.iam.updateRole({ Description: "by hand", RoleName: idOf(state, "role") }),
    route: async (aws, state) =>
        aws.ec2.replaceRoute({
            DestinationCidrBlock: output(state, "route", "destinationCidrBlock"),
            GatewayId: idOf(state, "gateway"),
            RouteTableId: idOf(state, "table"),
        }),
    logs: async (aws, state) =>
        aws.logs.putRetentionPolicy({ logGroupName: idOf(state, "logs"), retentionInDays: 3 }),
    schedule: async (aws, state) => {
        const [GroupName = "", Name = ""] = idOf(state, "schedule").split("/");
        const { FlexibleTimeWindow, Target } = await aws.scheduler.getSchedule({ GroupName, Name });
        const ScheduleExpression = "at(2997-12-31T00:00:00)";
        return aws.scheduler.updateSchedule({
            GroupName,
            Name,
            FlexibleTimeWindow,
            ScheduleExpression,
            Target,
        });
    },
    schedules: async (aws, state) =>
        aws.scheduler.tagResource({
            ResourceArn: output(state, "schedules", "arn"),
            Tags: [{ Key: "by", Value: "hand" }],
        }),
    subnet: async (aws, state) =>
        aws.ec2.modifySubnetAttribute({
            MapPublicIpOnLaunch: { Value: false },
            SubnetId: idOf(state, "subnet"),
        }),
    table: tagged("table"),
    template: async (aws, state) =>
        aws.ec2.createLaunchTemplateVersion({
            LaunchTemplateData: { InstanceType: "m5.large" },
            LaunchTemplateId: idOf(state, "template"),
        }),
    // A size that was raised by hand could not be taken back.
    volume: tagged("volume"),
    volumeAttachment: async (aws, state) =>
        aws.ec2.detachVolume({
            InstanceId: idOf(state, "instance"),
            VolumeId: idOf(state, "volume"),
        }),
    vpc: async (aws, state) =>
        aws.ec2.modifyVpcAttribute({
            EnableDnsHostnames: { Value: false },
            VpcId: idOf(state, "vpc"),
        }),
};

async function associationOf(aws: Clients, subnetId: string): Promise<string> {
    const ec2 = aws.ec2;
    const filter = { Name: "association.subnet-id", Values: [subnetId] };
    const tables = (await ec2.describeRouteTables({ Filters: [filter] })).RouteTables ?? [];
    return (
        tables[0]?.Associations?.find((candidate) => candidate.SubnetId === subnetId)
            ?.RouteTableAssociationId ?? ""
    );
}

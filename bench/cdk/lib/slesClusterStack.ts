import * as cdk from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as iam from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

const hostCount = 2;

/** What the demo's environment consists of: a cluster, its role, and two hosts, each with a docker volume. */
export class SlesClusterStack extends cdk.Stack {
    constructor(scope: Construct, id: string, props: cdk.StackProps) {
        super(scope, id, props);
        const cluster = new ecs.CfnCluster(this, "Cluster", { clusterName: "demo" });
        const role = new iam.Role(this, "HostRole", {
            assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
            inlinePolicies: { ecs: agentPolicy() },
        });
        const profile = new iam.CfnInstanceProfile(this, "HostProfile", { roles: [role.roleName] });
        const group = new ec2.CfnSecurityGroup(this, "HostGroup", {
            groupDescription: "Hosts of the cluster",
            securityGroupEgress: [{ ipProtocol: "-1", cidrIp: "0.0.0.0/0" }],
        });
        for (let index = 0; index < hostCount; index++) {
            this.addHost(index, cluster, profile, group);
        }
    }

    private addHost(
        index: number,
        cluster: ecs.CfnCluster,
        profile: iam.CfnInstanceProfile,
        group: ec2.CfnSecurityGroup,
    ): void {
        const userData = cdk.Fn.sub(
            "#cloud-config\nbootcmd:\n  - echo ECS_CLUSTER=${name} >> /etc/ecs/ecs.config\n",
            {
                name: cluster.ref,
            },
        );
        const host = new ec2.CfnInstance(this, `Host${index}`, {
            imageId: "ami-00000000000000000",
            instanceType: "t3.small",
            availabilityZone: "us-east-1a",
            iamInstanceProfile: profile.ref,
            securityGroupIds: [group.attrGroupId],
            userData: cdk.Fn.base64(userData),
            blockDeviceMappings: [
                { deviceName: "/dev/sda1", ebs: { volumeType: "gp3", volumeSize: 20, encrypted: true } },
            ],
        });
        const volume = new ec2.CfnVolume(this, `DockerVolume${index}`, {
            availabilityZone: "us-east-1a",
            size: 100,
            volumeType: "gp3",
            encrypted: true,
        });
        new ec2.CfnVolumeAttachment(this, `DockerVolumeAttachment${index}`, {
            device: "/dev/sdf",
            instanceId: host.ref,
            volumeId: volume.ref,
        });
    }
}

function agentPolicy(): iam.PolicyDocument {
    return new iam.PolicyDocument({
        statements: [
            new iam.PolicyStatement({
                actions: [
                    "ecs:DiscoverPollEndpoint",
                    "ecs:RegisterContainerInstance",
                    "ecs:DeregisterContainerInstance",
                    "ecs:Poll",
                    "ecs:StartTelemetrySession",
                    "ecs:SubmitContainerStateChange",
                    "ecs:SubmitTaskStateChange",
                ],
                resources: ["*"],
            }),
        ],
    });
}

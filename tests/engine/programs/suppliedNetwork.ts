import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { SlesEcsCluster } from "../../../components";

// A network and a team of the program's own, and a cluster in the one with the tags of the other.
const config = new pulumi.Config();
const vpc = new awsx.ec2.Vpc("office", {
    cidrBlock: "10.20.0.0/16",
    availabilityZoneNames: ["us-east-1a", "us-east-1b"],
    natGateways: { strategy: "None" },
    subnetSpecs: [{ type: "Public", cidrBlocks: ["10.20.0.0/24", "10.20.1.0/24"] }],
    enableDnsHostnames: true,
    vpcEndpointStrategy: "Auto",
    subnetStrategy: "Auto",
});
const group = new aws.ec2.SecurityGroup("office-hosts", {
    vpcId: vpc.vpcId,
    description: "Hosts of the office",
});
new aws.vpc.SecurityGroupEgressRule("office-hosts-out", {
    securityGroupId: group.id,
    ipProtocol: "-1",
    cidrIpv4: "0.0.0.0/0",
});

const cluster = new SlesEcsCluster("web", {
    settings: {
        hosts: { mode: "fixed", count: 2 },
        dockerStorage: { mode: "volume", sizeGiB: 10 },
        network: {
            mode: "existing",
            subnetIds: vpc.publicSubnetIds,
            securityGroupIds: config.getBoolean("wrong") === true ? [vpc.vpcId] : [group.id],
        },
        agent: { attributes: { vpc: vpc.vpcId } },
        tags: { network: group.id, token: pulumi.secret("tell-nobody") },
    },
});

export const clusterName = cluster.clusterName;
export const instanceIds = cluster.instanceIds;
export const subnetIds = cluster.subnetIds;
export const ownSubnetIds = vpc.publicSubnetIds;
export const securityGroupIds = cluster.securityGroupIds;
export const securityGroupId = cluster.securityGroupId;
export const autoScalingGroupName = cluster.autoScalingGroupName;

import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** What hosts are put into. */
export interface Network {
    readonly vpc: aws.ec2.Vpc;
    readonly subnet: aws.ec2.Subnet;
    readonly group: aws.ec2.SecurityGroup;
}

/** One resource of every type of a network. */
export function makeNetwork(isFirst: boolean, isReplaced: boolean, tags: Tags): Network {
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.7.0.0/16", enableDnsHostnames: !isFirst, tags });
    const subnet = new aws.ec2.Subnet("subnet", {
        vpcId: vpc.id,
        cidrBlock: "10.7.1.0/24",
        availabilityZone: "us-east-1a",
        mapPublicIpOnLaunch: !isFirst,
        tags,
    });
    const spare = new aws.ec2.Subnet("spare", {
        vpcId: vpc.id,
        cidrBlock: isReplaced ? "10.7.3.0/24" : "10.7.2.0/24",
        availabilityZone: "us-east-1b",
    });
    const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id, tags });
    const table = new aws.ec2.RouteTable("table", { vpcId: vpc.id, tags });
    const other = new aws.ec2.RouteTable("other", { vpcId: vpc.id });
    new aws.ec2.RouteTableAssociation("association", {
        subnetId: isReplaced ? spare.id : subnet.id,
        routeTableId: isFirst ? table.id : other.id,
    });
    const eip = new aws.ec2.Eip("eip", { tags }, { dependsOn: gateway });
    const nat = new aws.ec2.NatGateway(
        "nat",
        { allocationId: eip.id, subnetId: isReplaced ? spare.id : subnet.id, tags },
        // One address cannot serve two gateways.
        { dependsOn: gateway, deleteBeforeReplace: true },
    );
    new aws.ec2.Route(
        "route",
        {
            routeTableId: table.id,
            destinationCidrBlock: isReplaced ? "0.0.0.0/1" : "0.0.0.0/0",
            ...(isFirst ? { gatewayId: gateway.id } : { natGatewayId: nat.id }),
        },
        { dependsOn: gateway },
    );
    new aws.ec2.VpcEndpoint("endpoint", {
        vpcId: vpc.id,
        serviceName: isReplaced ? "com.amazonaws.us-east-1.dynamodb" : "com.amazonaws.us-east-1.s3",
        routeTableIds: isFirst ? [table.id] : [table.id, other.id],
        tags,
    });
    const group = new aws.ec2.SecurityGroup("group", { vpcId: vpc.id, tags });
    const bare = new aws.ec2.SecurityGroup("bare", {
        vpcId: vpc.id,
        description: isReplaced ? "moved" : "not moved",
    });
    new aws.vpc.SecurityGroupEgressRule("egress", {
        securityGroupId: isReplaced ? bare.id : group.id,
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
        description: isFirst ? "out" : "out to everywhere",
        tags,
    });
    new aws.vpc.SecurityGroupIngressRule("ingress", {
        securityGroupId: isReplaced ? bare.id : group.id,
        ipProtocol: "tcp",
        fromPort: 8080,
        toPort: isFirst ? 8080 : 8090,
        cidrIpv4: "10.0.0.0/8",
        description: isFirst ? "in" : "in from inside",
        tags,
    });
    makeInterfaceEndpoint({ vpc, subnet, group }, [spare.id, bare.id], isFirst, isReplaced, tags);
    return { vpc, subnet, group };
}

/** With the group of hosts alone among those that may call. */
function makeInterfaceEndpoint(
    { vpc, subnet, group }: Network,
    [spareId, bareId]: readonly [pulumi.Output<string>, pulumi.Output<string>],
    isFirst: boolean,
    isReplaced: boolean,
    tags: Tags,
): void {
    new aws.ec2.VpcEndpoint("inside", {
        vpcId: vpc.id,
        serviceName: isReplaced ? "com.amazonaws.us-east-1.ecs-agent" : "com.amazonaws.us-east-1.ecs",
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: isFirst ? [subnet.id] : [subnet.id, spareId],
        securityGroupIds: isFirst ? [bareId] : [group.id, bareId],
        tags,
    });
    new aws.vpc.SecurityGroupIngressRule("calls", {
        securityGroupId: isReplaced ? group.id : bareId,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        referencedSecurityGroupId: isReplaced ? bareId : group.id,
        description: "calls",
        tags,
    });
}

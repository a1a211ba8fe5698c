import type { Route } from "@aws-sdk/client-ec2";
import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

const advice = "change your search criteria and try again";

/** `aws.ec2.getSubnet` */
export const getSubnet = defineFunction({
    token: "aws:ec2/getSubnet:getSubnet",
    inputs: { id: required(text()), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSubnets({ SubnetIds: [inputs.id] });
        const found = theOnly(answer.Subnets, "EC2 Subnet", advice);
        return {
            availabilityZone: found.AvailabilityZone,
            cidrBlock: found.CidrBlock,
            id: found.SubnetId,
            mapPublicIpOnLaunch: found.MapPublicIpOnLaunch === true,
            vpcId: found.VpcId,
        };
    },
});

/** `aws.ec2.getSubnets` */
export const getSubnets = defineFunction({
    token: "aws:ec2/getSubnets:getSubnets",
    inputs: { filters: filters(), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSubnets({ Filters: toFilters(inputs.filters) });
        return { id: context.region, ids: (answer.Subnets ?? []).map((subnet) => subnet.SubnetId) };
    },
});

/** `aws.ec2.getSecurityGroups` */
export const getSecurityGroups = defineFunction({
    token: "aws:ec2/getSecurityGroups:getSecurityGroups",
    inputs: { filters: filters(), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeSecurityGroups({ Filters: toFilters(inputs.filters) });
        const groups = answer.SecurityGroups ?? [];
        const [ids, vpcIds] = [groups.map((group) => group.GroupId), groups.map((group) => group.VpcId)];
        return { id: context.region, ids, vpcIds };
    },
});

/** `aws.ec2.getVpcs` */
export const getVpcs = defineFunction({
    token: "aws:ec2/getVpcs:getVpcs",
    inputs: { filters: filters(), region: region() },
    async run(context, inputs) {
        const answer = await context.aws.ec2.describeVpcs({ Filters: toFilters(inputs.filters) });
        return { id: context.region, ids: (answer.Vpcs ?? []).map((vpc) => vpc.VpcId) };
    },
});

/** `aws.ec2.getRouteTables` */
export const getRouteTables = defineFunction({
    token: "aws:ec2/getRouteTables:getRouteTables",
    inputs: { region: region(), vpcId: required(text()) },
    async run(context, { vpcId }) {
        const given = toFilters([], { "vpc-id": vpcId });
        const answer = await context.aws.ec2.describeRouteTables({ Filters: given });
        return { id: context.region, ids: (answer.RouteTables ?? []).map((table) => table.RouteTableId) };
    },
});

/** `aws.ec2.getRouteTable`. Like the official one it leaves out local routes, those to gateway endpoints, and states. */
export const getRouteTable = defineFunction({
    token: "aws:ec2/getRouteTable:getRouteTable",
    inputs: { region: region(), routeTableId: required(text()) },
    async run(context, { routeTableId }) {
        const given = toFilters([], { "route-table-id": routeTableId });
        const answer = await context.aws.ec2.describeRouteTables({ Filters: given });
        const found = theOnly(answer.RouteTables, "EC2 Route Table", advice);
        return {
            associations: (found.Associations ?? []).map((association) => ({
                main: association.Main === true,
                subnetId: association.SubnetId ?? "",
            })),
            id: found.RouteTableId,
            routes: (found.Routes ?? []).filter(isTold).map((route) => ({
                cidrBlock: route.DestinationCidrBlock ?? "",
                destinationPrefixListId: route.DestinationPrefixListId ?? "",
                gatewayId: route.GatewayId ?? "",
                instanceId: route.InstanceId ?? "",
                ipv6CidrBlock: route.DestinationIpv6CidrBlock ?? "",
                natGatewayId: route.NatGatewayId ?? "",
                networkInterfaceId: route.NetworkInterfaceId ?? "",
                transitGatewayId: route.TransitGatewayId ?? "",
                vpcEndpointId: "",
                vpcPeeringConnectionId: route.VpcPeeringConnectionId ?? "",
            })),
            vpcId: found.VpcId,
        };
    },
});

function isTold({ DestinationPrefixListId: prefixList, GatewayId: gateway = "" }: Route): boolean {
    return gateway !== "local" && !(prefixList !== undefined && gateway.startsWith("vpce-"));
}

/** `aws.ec2.getVpcEndpoint` */
export const getVpcEndpoint = defineFunction({
    token: "aws:ec2/getVpcEndpoint:getVpcEndpoint",
    inputs: { filters: filters(), region: region(), serviceName: text(), state: text(), vpcId: text() },
    async run(context, { filters: own, serviceName, state, vpcId }) {
        const more = { "service-name": serviceName, "vpc-endpoint-state": state, "vpc-id": vpcId };
        const answer = await context.aws.ec2.describeVpcEndpoints({ Filters: toFilters(own, more) });
        const found = theOnly(answer.VpcEndpoints, "EC2 VPC Endpoint", advice);
        return {
            dnsOptions: (found.DnsOptions === undefined ? [] : [found.DnsOptions]).map((options) => ({
                privateDnsOnlyForInboundResolverEndpoint:
                    options.PrivateDnsOnlyForInboundResolverEndpoint === true,
            })),
            id: found.VpcEndpointId,
            policy: found.PolicyDocument ?? "",
            privateDnsEnabled: found.PrivateDnsEnabled === true,
            routeTableIds: found.RouteTableIds ?? [],
            serviceName: found.ServiceName,
            state: found.State,
            vpcEndpointType: found.VpcEndpointType,
            vpcId: found.VpcId,
        };
    },
});

/** `aws.ec2.getNatGateways` */
export const getNatGateways = defineFunction({
    token: "aws:ec2/getNatGateways:getNatGateways",
    inputs: { filters: filters(), region: region(), vpcId: text() },
    async run(context, { filters: own, vpcId }) {
        const answer = await context.aws.ec2.describeNatGateways({
            Filter: toFilters(own, { "vpc-id": vpcId }),
        });
        return { id: context.region, ids: (answer.NatGateways ?? []).map((one) => one.NatGatewayId) };
    },
});

/** `aws.ec2.getNatGateway` */
export const getNatGateway = defineFunction({
    token: "aws:ec2/getNatGateway:getNatGateway",
    inputs: { id: text(), region: region() },
    async run(context, { id }) {
        const given = id === undefined ? {} : { NatGatewayIds: [id] };
        const answer = await context.aws.ec2.describeNatGateways(given);
        const found = theOnly(answer.NatGateways, "EC2 NAT Gateway", advice);
        return {
            connectivityType: found.ConnectivityType ?? "public",
            id: found.NatGatewayId,
            state: found.State,
            subnetId: found.SubnetId ?? "",
            vpcId: found.VpcId,
        };
    },
});

/** `aws.vpc.getSecurityGroupRules` */
export const getSecurityGroupRules = defineFunction({
    token: "aws:vpc/getSecurityGroupRules:getSecurityGroupRules",
    inputs: { filters: filters(), region: region() },
    async run(context, inputs) {
        const found = await context.aws.ec2.describeSecurityGroupRules({
            Filters: toFilters(inputs.filters),
        });
        return { ids: (found.SecurityGroupRules ?? []).map((rule) => rule.SecurityGroupRuleId) };
    },
});

/** `aws.vpc.getSecurityGroupRule` */
export const getSecurityGroupRule = defineFunction({
    token: "aws:vpc/getSecurityGroupRule:getSecurityGroupRule",
    inputs: { region: region(), securityGroupRuleId: required(text()) },
    async run(context, { securityGroupRuleId }) {
        const given = { SecurityGroupRuleIds: [securityGroupRuleId] };
        const answer = await context.aws.ec2.describeSecurityGroupRules(given);
        const found = theOnly(answer.SecurityGroupRules, "VPC Security Group Rule", advice);
        return {
            cidrIpv4: found.CidrIpv4 ?? "",
            cidrIpv6: found.CidrIpv6 ?? "",
            fromPort: found.FromPort,
            id: found.SecurityGroupRuleId,
            ipProtocol: found.IpProtocol,
            isEgress: found.IsEgress === true,
            prefixListId: found.PrefixListId ?? "",
            referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId ?? "",
            securityGroupId: found.GroupId,
            securityGroupRuleId: found.SecurityGroupRuleId,
            toPort: found.ToPort,
        };
    },
});

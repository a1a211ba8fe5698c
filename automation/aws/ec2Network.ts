import {
    paginateDescribeRouteTables,
    paginateDescribeSecurityGroups,
    paginateDescribeSubnets,
    paginateDescribeVpcEndpoints,
    paginateDescribeVpcs,
    type EC2Client,
    type Route as Ec2Route,
    type RouteTable as Ec2RouteTable,
    type Subnet as Ec2Subnet,
} from "@aws-sdk/client-ec2";

import type { Route, RouteTable, Subnet } from "../ports/aws";
import type { Ec2Service } from "../ports/awsServices";
import { collect } from "./collect";

type Network = Pick<
    Ec2Service,
    "subnets" | "defaultSubnets" | "securityGroups" | "routeTables" | "vpcEndpoints" | "defaultVpc"
>;

/** Networks, always asked for by filter, because asking by id fails as a whole when one id is unknown. */
export function createEc2Network(client: EC2Client): Network {
    const subnets = async (name: string, values: readonly string[]): Promise<readonly Subnet[]> => {
        const filter = { Filters: [{ Name: name, Values: [...values] }] };
        return (await collect(paginateDescribeSubnets({ client }, filter), (page) => page.Subnets)).map(
            toSubnet,
        );
    };
    return {
        subnets: async (ids) => (ids.length === 0 ? [] : subnets("subnet-id", ids)),
        defaultSubnets: () => subnets("default-for-az", ["true"]),
        securityGroups: async (ids) => {
            if (ids.length === 0) {
                return [];
            }
            const filter = { Filters: [{ Name: "group-id", Values: [...ids] }] };
            const groups = await collect(
                paginateDescribeSecurityGroups({ client }, filter),
                (page) => page.SecurityGroups,
            );
            return groups.map((group) => ({ id: group.GroupId ?? "", vpcId: group.VpcId ?? "" }));
        },
        routeTables: async (vpcId) => {
            const filter = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
            const tables = await collect(
                paginateDescribeRouteTables({ client }, filter),
                (page) => page.RouteTables,
            );
            return tables.map(toRouteTable);
        },
        vpcEndpoints: async (vpcId) => {
            const filter = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
            const endpoints = await collect(
                paginateDescribeVpcEndpoints({ client }, filter),
                (page) => page.VpcEndpoints,
            );
            return endpoints.map((endpoint) => ({
                id: endpoint.VpcEndpointId ?? "",
                vpcId: endpoint.VpcId ?? "",
                serviceName: endpoint.ServiceName ?? "",
                type: endpoint.VpcEndpointType ?? "",
                state: (endpoint.State ?? "").toLowerCase(),
                routeTableIds: endpoint.RouteTableIds ?? [],
                subnetIds: endpoint.SubnetIds ?? [],
            }));
        },
        defaultVpc: async () => {
            const filter = { Filters: [{ Name: "is-default", Values: ["true"] }] };
            const [vpc] = await collect(paginateDescribeVpcs({ client }, filter), (page) => page.Vpcs);
            return vpc === undefined ? undefined : { id: vpc.VpcId ?? "", cidrBlock: vpc.CidrBlock ?? "" };
        },
    };
}

function toSubnet(subnet: Ec2Subnet): Subnet {
    return {
        id: subnet.SubnetId ?? "",
        vpcId: subnet.VpcId ?? "",
        zone: subnet.AvailabilityZone ?? "",
        mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch ?? false,
    };
}

function toRouteTable(table: Ec2RouteTable): RouteTable {
    const associations = table.Associations ?? [];
    return {
        id: table.RouteTableId ?? "",
        vpcId: table.VpcId ?? "",
        main: associations.some((association) => association.Main === true),
        subnetIds: associations.flatMap((association) => association.SubnetId ?? []),
        routes: (table.Routes ?? []).map(toRoute),
    };
}

function toRoute(route: Ec2Route): Route {
    return {
        destination:
            route.DestinationCidrBlock ??
            route.DestinationPrefixListId ??
            route.DestinationIpv6CidrBlock ??
            "",
        target:
            route.NatGatewayId ??
            route.TransitGatewayId ??
            route.VpcPeeringConnectionId ??
            route.NetworkInterfaceId ??
            route.InstanceId ??
            route.GatewayId ??
            "",
        state: route.State ?? "active",
    };
}

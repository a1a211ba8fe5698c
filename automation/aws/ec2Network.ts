import {
    DescribeAvailabilityZonesCommand,
    paginateDescribeRouteTables,
    paginateDescribeSecurityGroups,
    paginateDescribeSubnets,
    paginateDescribeVpcEndpoints,
    paginateDescribeVpcs,
    type EC2Client,
    type Route as Ec2Route,
    type RouteTable as Ec2RouteTable,
    type Subnet as Ec2Subnet,
    type VpcEndpoint as Ec2VpcEndpoint,
} from "@aws-sdk/client-ec2";

import type { Route, RouteTable, Subnet, VpcEndpoint } from "../../components/model/checks/reads";
import type { RouteTableParts } from "../ports/awsServices";
import { zonesByPlace } from "../../components/model/subnets";
import { tagKeys, type Tags } from "../../components/model/tags";
import type { Ec2Service } from "../ports/awsServices";
import { chunks, collect, filterBy, mostFilterValues, tagFilters } from "./collect";

type Network = Pick<
    Ec2Service,
    | "subnets"
    | "defaultSubnets"
    | "securityGroups"
    | "routeTables"
    | "vpcEndpoints"
    | "defaultVpc"
    | "availabilityZones"
    | "ownZones"
>;

/** Networks, always asked for by filter, because asking by id fails as a whole when one id is unknown. */
export function createEc2Network(client: EC2Client): Network {
    const subnets = async (name: string, values: readonly string[]): Promise<readonly Subnet[]> => {
        const pages = paginateDescribeSubnets({ client }, filterBy(name, values));
        return (await collect(pages, (page) => page.Subnets)).map(toSubnet);
    };
    return {
        subnets: async (ids) => (ids.length === 0 ? [] : subnets("subnet-id", ids)),
        defaultSubnets: () => subnets("default-for-az", ["true"]),
        ownZones: async ({ stack, stackId, environment }) => {
            const carrying = async (tags: Tags) => {
                const Filters = tagFilters({ ...tags, [tagKeys.environment]: environment });
                return collect(paginateDescribeSubnets({ client }, { Filters }), (page) => page.Subnets);
            };
            const own = stackId === undefined ? [] : await carrying({ [tagKeys.stackId]: stackId });
            // Subnets that are older than the id of their stack carry its name alone.
            const found = own.length > 0 ? own : await carrying({ [tagKeys.stack]: stack });
            return zonesByPlace(
                found.map(({ AvailabilityZone: zone = "", CidrBlock: cidrBlock = "" }) => ({
                    zone,
                    cidrBlock,
                })),
            );
        },
        securityGroups: async (ids) => {
            if (ids.length === 0) {
                return [];
            }
            const pages = paginateDescribeSecurityGroups({ client }, filterBy("group-id", ids));
            const groups = await collect(pages, (page) => page.SecurityGroups);
            return groups.map((group) => ({ id: group.GroupId ?? "", vpcId: group.VpcId ?? "" }));
        },
        routeTables: async (vpcId) => {
            const pages = paginateDescribeRouteTables({ client }, filterBy("vpc-id", [vpcId]));
            return (await collect(pages, (page) => page.RouteTables)).map(toRouteTable);
        },
        vpcEndpoints: async (vpcId) => {
            const pages = paginateDescribeVpcEndpoints({ client }, filterBy("vpc-id", [vpcId]));
            return (await collect(pages, (page) => page.VpcEndpoints)).map(toVpcEndpoint);
        },
        availabilityZones: async () => {
            const [state] = filterBy("state", ["available"]).Filters;
            // Local and Wavelength Zones have to be opted into.
            const [open] = filterBy("opt-in-status", ["opt-in-not-required"]).Filters;
            const answer = await client.send(
                new DescribeAvailabilityZonesCommand({ Filters: [state, open].flatMap((one) => one ?? []) }),
            );
            return (answer.AvailabilityZones ?? []).map((zone) => zone.ZoneName ?? "");
        },
        defaultVpc: async () => {
            const pages = paginateDescribeVpcs({ client }, filterBy("is-default", ["true"]));
            const [vpc] = await collect(pages, (page) => page.Vpcs);
            return vpc && { id: vpc.VpcId ?? "" };
        },
    };
}

/** The default routes and the associations that somebody has made in these tables. */
export async function routeTableParts(
    client: EC2Client,
    ids: readonly string[],
): Promise<readonly RouteTableParts[]> {
    const found = await Promise.all(
        chunks(ids, mostFilterValues).map((part) =>
            collect(
                paginateDescribeRouteTables({ client }, filterBy("route-table-id", part)),
                (page) => page.RouteTables,
            ),
        ),
    );
    return found.flat().map(({ RouteTableId: id = "", Routes = [], Associations = [] }) => ({
        id,
        hasDefaultRoute: Routes.some(
            // A virtual private gateway may have brought it in by itself.
            (one) => one.DestinationCidrBlock === "0.0.0.0/0" && one.Origin !== "EnableVgwRoutePropagation",
        ),
        associationIds: Associations.flatMap(({ Main, RouteTableAssociationId }) =>
            Main === true ? [] : (RouteTableAssociationId ?? []),
        ),
    }));
}

function toVpcEndpoint(endpoint: Ec2VpcEndpoint): VpcEndpoint {
    return {
        id: endpoint.VpcEndpointId ?? "",
        serviceName: endpoint.ServiceName ?? "",
        type: endpoint.VpcEndpointType ?? "",
        state: (endpoint.State ?? "").toLowerCase(),
        routeTableIds: endpoint.RouteTableIds ?? [],
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

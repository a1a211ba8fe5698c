import {
    DescribeAvailabilityZonesCommand,
    paginateDescribeNatGateways,
    paginateDescribeNetworkAcls,
    paginateDescribeRouteTables,
    paginateDescribeSecurityGroups,
    paginateDescribeSubnets,
    paginateDescribeVpcEndpoints,
    paginateDescribeVpcs,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import { networkOf, type Subnet } from "../../components/model/checks/reads";
import type { RouteTableParts } from "../ports/awsServices";
import { tagKeys, type Tags } from "../../components/model/tags";
import type { Ec2Service } from "../ports/awsServices";
import { chunks, collect, filterBy, mostFilterValues, tagFilters } from "./collect";
import {
    toNatGateway,
    toNetworkAcl,
    toRouteTable,
    toSecurityGroup,
    toSubnet,
    toVpcEndpoint,
} from "./ec2NetworkForms";

type Network = Pick<
    Ec2Service,
    | "subnets"
    | "subnetsOf"
    | "defaultSubnets"
    | "securityGroups"
    | "routeTables"
    | "vpcEndpoints"
    | "natGateways"
    | "networkAcls"
    | "defaultVpc"
    | "availabilityZones"
    | "ownNetwork"
>;

/** Networks, always asked for by filter, because asking by id fails as a whole when one id is unknown. */
export function createEc2Network(client: EC2Client): Network {
    const subnets = async (name: string, values: readonly string[]): Promise<readonly Subnet[]> => {
        const pages = paginateDescribeSubnets({ client }, filterBy(name, values));
        return (await collect(pages, (page) => page.Subnets)).map(toSubnet);
    };
    return {
        subnets: async (ids) => (ids.length === 0 ? [] : subnets("subnet-id", ids)),
        subnetsOf: (vpcId) => subnets("vpc-id", [vpcId]),
        defaultSubnets: () => subnets("default-for-az", ["true"]),
        ownNetwork: async ({ stack, stackId, environment }) => {
            const carrying = async (tags: Tags) => {
                const Filters = tagFilters({ ...tags, [tagKeys.environment]: environment });
                return collect(paginateDescribeSubnets({ client }, { Filters }), (page) => page.Subnets);
            };
            const own = stackId === undefined ? [] : await carrying({ [tagKeys.stackId]: stackId });
            // Subnets that are older than the id of their stack carry its name alone.
            const found = own.length > 0 ? own : await carrying({ [tagKeys.stack]: stack });
            return networkOf(
                found.map(
                    ({ AvailabilityZone: zone = "", CidrBlock: cidrBlock = "", VpcId: vpcId = "" }) => ({
                        vpcId,
                        zone,
                        cidrBlock,
                    }),
                ),
            );
        },
        ...waysAndFilters(client),
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

/** What leads out of a network, and what lets through. */
function waysAndFilters(
    client: EC2Client,
): Pick<Network, "securityGroups" | "routeTables" | "vpcEndpoints" | "natGateways" | "networkAcls"> {
    return {
        securityGroups: async (ids) => {
            if (ids.length === 0) {
                return [];
            }
            const pages = paginateDescribeSecurityGroups({ client }, filterBy("group-id", ids));
            const groups = await collect(pages, (page) => page.SecurityGroups);
            return groups.map(toSecurityGroup);
        },
        routeTables: async (vpcId) => {
            const pages = paginateDescribeRouteTables({ client }, filterBy("vpc-id", [vpcId]));
            return (await collect(pages, (page) => page.RouteTables)).map(toRouteTable);
        },
        vpcEndpoints: async (vpcId) => {
            const pages = paginateDescribeVpcEndpoints({ client }, filterBy("vpc-id", [vpcId]));
            return (await collect(pages, (page) => page.VpcEndpoints)).map(toVpcEndpoint);
        },
        natGateways: async (vpcId) => {
            const pages = paginateDescribeNatGateways(
                { client },
                { Filter: filterBy("vpc-id", [vpcId]).Filters },
            );
            return (await collect(pages, (page) => page.NatGateways)).map(toNatGateway);
        },
        networkAcls: async (vpcId) => {
            const pages = paginateDescribeNetworkAcls({ client }, filterBy("vpc-id", [vpcId]));
            return (await collect(pages, (page) => page.NetworkAcls)).map(toNetworkAcl);
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

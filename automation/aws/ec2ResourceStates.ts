import {
    DescribeAddressesCommand,
    DescribeNatGatewaysCommand,
    paginateDescribeInstances,
    paginateDescribeInternetGateways,
    paginateDescribeLaunchTemplates,
    paginateDescribeNetworkInterfaces,
    paginateDescribeRouteTables,
    paginateDescribeSecurityGroupRules,
    paginateDescribeSecurityGroups,
    paginateDescribeSubnets,
    paginateDescribeVolumes,
    paginateDescribeVpcEndpoints,
    paginateDescribeVpcs,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import { collect } from "./collect";

/** An id with the state of the resource; no state for types that have none. */
type IdAndState = readonly [id: string | undefined, state?: string | undefined];

type Reader = (client: EC2Client, ids: string[]) => Promise<readonly IdAndState[]>;

/** What tells the type of an EC2 resource: `vol` of `vol-0123456789abcdef0`. */
export function idPrefix(id: string): string {
    return id.split("-")[0] ?? "";
}

/**
 * The states of resources of one EC2 type, by id and in lower case; what does not exist is missing.
 * @param prefix what the ids have in common
 * @returns undefined for a type that nobody here knows how to ask for
 */
export async function readStates(
    client: EC2Client,
    prefix: string,
    ids: string[],
): Promise<ReadonlyMap<string, string> | undefined> {
    const read = readers[prefix];
    if (read === undefined) {
        return undefined;
    }
    return new Map(
        (await read(client, ids)).map(([id = "", state = "available"]) => [id, state.toLowerCase()]),
    );
}

const filter = (Name: string, Values: string[]): { Filters: { Name: string; Values: string[] }[] } => ({
    Filters: [{ Name, Values }],
});

/** By the prefix of the ids, which is the same everywhere, unlike the names of the types. Filters are used because asking by id fails when one id is unknown. */
const readers: Readonly<Record<string, Reader>> = {
    i: async (client, ids) => {
        const pages = paginateDescribeInstances({ client }, filter("instance-id", ids));
        const reservations = await collect(pages, (page) => page.Reservations);
        return reservations
            .flatMap((reservation) => reservation.Instances ?? [])
            .map((one) => [one.InstanceId, one.State?.Name]);
    },
    vol: async (client, ids) => {
        const pages = paginateDescribeVolumes({ client }, filter("volume-id", ids));
        return (await collect(pages, (page) => page.Volumes)).map((one) => [one.VolumeId, one.State]);
    },
    nat: async (client, ids) => {
        const Filter = [{ Name: "nat-gateway-id", Values: ids }];
        const answer = await client.send(new DescribeNatGatewaysCommand({ Filter }));
        return (answer.NatGateways ?? []).map((one) => [one.NatGatewayId, one.State]);
    },
    // A VPC has a handful, so reading them all is one page; the local cloud knows no filter by id for them.
    vpce: async (client) => {
        const pages = paginateDescribeVpcEndpoints({ client }, {});
        return (await collect(pages, (page) => page.VpcEndpoints)).map((one) => [
            one.VpcEndpointId,
            one.State,
        ]);
    },
    sg: async (client, ids) => {
        const pages = paginateDescribeSecurityGroups({ client }, filter("group-id", ids));
        return (await collect(pages, (page) => page.SecurityGroups)).map((one) => [one.GroupId]);
    },
    sgr: async (client, ids) => {
        const pages = paginateDescribeSecurityGroupRules({ client }, filter("security-group-rule-id", ids));
        return (await collect(pages, (page) => page.SecurityGroupRules)).map((one) => [
            one.SecurityGroupRuleId,
        ]);
    },
    vpc: async (client, ids) => {
        const pages = paginateDescribeVpcs({ client }, filter("vpc-id", ids));
        return (await collect(pages, (page) => page.Vpcs)).map((one) => [one.VpcId]);
    },
    subnet: async (client, ids) => {
        const pages = paginateDescribeSubnets({ client }, filter("subnet-id", ids));
        return (await collect(pages, (page) => page.Subnets)).map((one) => [one.SubnetId]);
    },
    rtb: async (client, ids) => {
        const pages = paginateDescribeRouteTables({ client }, filter("route-table-id", ids));
        return (await collect(pages, (page) => page.RouteTables)).map((one) => [one.RouteTableId]);
    },
    igw: async (client, ids) => {
        const pages = paginateDescribeInternetGateways({ client }, filter("internet-gateway-id", ids));
        return (await collect(pages, (page) => page.InternetGateways)).map((one) => [one.InternetGatewayId]);
    },
    eni: async (client, ids) => {
        const pages = paginateDescribeNetworkInterfaces({ client }, filter("network-interface-id", ids));
        return (await collect(pages, (page) => page.NetworkInterfaces)).map((one) => [
            one.NetworkInterfaceId,
        ]);
    },
    eipalloc: async (client, ids) => {
        const answer = await client.send(new DescribeAddressesCommand(filter("allocation-id", ids)));
        return (answer.Addresses ?? []).map((one) => [one.AllocationId]);
    },
    // The one type without a filter by id.
    lt: async (client) => {
        const pages = paginateDescribeLaunchTemplates({ client }, {});
        return (await collect(pages, (page) => page.LaunchTemplates)).map((one) => [one.LaunchTemplateId]);
    },
};

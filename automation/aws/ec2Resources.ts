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
    paginateDescribeTags,
    paginateDescribeVolumes,
    paginateDescribeVpcEndpoints,
    paginateDescribeVpcs,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import { carries, tagKeys, type TagQuery } from "../../components/model/tags";
import type { Ec2Resource, TaggedEc2Resource } from "../ports/awsServices";
import { chunks, collect, filterBy, mostFilterValues } from "./collect";

const dead = new Set(["terminated", "deleted"]);
const leaving = new Set(["shutting-down", "deleting"]);

type Named = Pick<Ec2Resource, "id" | "type">;

/**
 * Everything of EC2 that carries these tags and exists. DescribeTags finds all types in one query, but goes on naming
 * deleted resources for a while, so each type that it names is asked for itself.
 */
export async function taggedResources(client: EC2Client, tags: TagQuery): Promise<readonly Ec2Resource[]> {
    const [lists, ofServices] = await Promise.all([
        Promise.all(
            Object.entries(tags).map(async ([key, value]) => ({
                isWanted: value !== undefined,
                named: await withTag(client, key, value),
            })),
        ),
        withTag(client, tagKeys.service, undefined),
    ]);
    const candidates = lists.find(({ isWanted }) => isWanted)?.named.values() ?? [];
    const found = [...candidates].filter(({ id }) =>
        lists.every(({ isWanted, named }) => named.has(id) === isWanted),
    );
    const there = await withoutAllDead(client, found);
    return there.map((one) => (ofServices.has(one.id) ? { ...one, ofService: true } : one));
}

/** Everything that carries a tag, with what it carries of other keys: one query, whoever's it is. */
export async function taggedWith(
    client: EC2Client,
    tag: TagQuery,
    keys: readonly string[],
): Promise<readonly TaggedEc2Resource[]> {
    const Filters = [{ Name: "key", Values: [...new Set([...Object.keys(tag), ...keys])] }];
    const found = await collect(paginateDescribeTags({ client }, { Filters }), (page) => page.Tags);
    const byId = new Map<string, { readonly named: Named; readonly tags: Record<string, string> }>();
    for (const { ResourceId: id = "", ResourceType: type = "", Key = "", Value = "" } of found) {
        const one = byId.get(id) ?? { named: { id, type }, tags: {} };
        one.tags[Key] = Value;
        byId.set(id, one);
    }
    const wanted = [...byId.values()].filter(({ tags }) => carries(tags, tag));
    const there = await withoutAllDead(
        client,
        wanted.map(({ named }) => named),
    );
    return there.map((one) => ({ ...one, tags: byId.get(one.id)?.tags ?? {} }));
}

/** What of these ids exists. */
export function existingResources(
    client: EC2Client,
    ids: readonly string[],
): Promise<readonly Ec2Resource[]> {
    return withoutAllDead(
        client,
        ids.map((id) => ({ id, type: typeOfPrefix[prefixOf(id)] ?? "resource" })),
    );
}

/** EC2's words for types, as DescribeTags has them (API reference, TagDescription). */
const typeOfPrefix: Readonly<Record<string, string>> = {
    i: "instance",
    nat: "natgateway",
    eipalloc: "elastic-ip",
    vol: "volume",
    vpce: "vpc-endpoint",
    sg: "security-group",
    sgr: "security-group-rule",
    vpc: "vpc",
    subnet: "subnet",
    rtb: "route-table",
    igw: "internet-gateway",
    eni: "network-interface",
    lt: "launch-template",
};

function prefixOf(id: string): string {
    return id.split("-")[0] ?? "";
}

async function withoutAllDead(client: EC2Client, found: readonly Named[]): Promise<readonly Ec2Resource[]> {
    const byPrefix = new Map<string, Named[]>();
    for (const resource of found) {
        const prefix = prefixOf(resource.id);
        const alike = byPrefix.get(prefix) ?? [];
        alike.push(resource);
        byPrefix.set(prefix, alike);
    }
    const present = [...byPrefix].map(([prefix, resources]) => withoutDead(client, prefix, resources));
    return (await Promise.all(present)).flat();
}

/** What carries a tag, whatever its value if none is given, by id. */
async function withTag(
    client: EC2Client,
    key: string,
    value: string | undefined,
): Promise<ReadonlyMap<string, Named>> {
    const Filters = [
        { Name: "key", Values: [key] },
        ...(value === undefined ? [] : [{ Name: "value", Values: [value] }]),
    ];
    const found = await collect(paginateDescribeTags({ client }, { Filters }), (page) => page.Tags);
    // The filters take wildcards, which a value may contain.
    const exact = found.filter((tag) => tag.Key === key && (value === undefined || tag.Value === value));
    return new Map(
        exact.map(({ ResourceId: id = "", ResourceType: type = "" }) => [id, { id, type }] as const),
    );
}

async function withoutDead(
    client: EC2Client,
    prefix: string,
    resources: readonly Named[],
): Promise<Ec2Resource[]> {
    const read = readers[prefix];
    if (read === undefined) {
        return resources.map((resource) => ({ ...resource, leaving: false }));
    }
    const ids = resources.map(({ id }) => id);
    const found = await Promise.all(chunks(ids, mostFilterValues).map((part) => read(client, part)));
    const states = new Map(found.flat().map(([id = "", state = "available"]) => [id, state.toLowerCase()]));
    return resources
        .filter(({ id }) => !dead.has(states.get(id) ?? "deleted"))
        .map((resource) => ({ ...resource, leaving: leaving.has(states.get(resource.id) ?? "") }));
}

/** An id with the state of the resource; no state for types that have none. */
type IdAndState = readonly [id: string | undefined, state?: string | undefined];

type Reader = (client: EC2Client, ids: string[]) => Promise<readonly IdAndState[]>;

type Item<List> = NonNullable<List> extends readonly (infer One)[] ? One : never;

/**
 * Reads all resources of a type: page by page the list of this name, and of each entry id and state.
 * @param filter what EC2 calls the id in filters, as asking by id fails when one id is unknown; everything without it
 */
function reader<Page, List extends keyof Page>(
    paginate: (
        config: { client: EC2Client },
        input: { Filters?: { Name: string; Values: string[] }[] },
    ) => AsyncIterable<Page>,
    filter: string | undefined,
    list: List,
    id: keyof Item<Page[List]>,
    state?: keyof Item<Page[List]>,
): Reader {
    return async (client, ids) => {
        const found = await collect(
            paginate({ client }, filter === undefined ? {} : filterBy(filter, ids)),
            (page) => page[list] as readonly Item<Page[List]>[] | undefined,
        );
        return found.map((one) => [one[id], state && one[state]] as IdAndState);
    };
}

/** By the prefix of the ids, which is the same everywhere, unlike the names of the types. */
const readers: Readonly<Record<string, Reader>> = {
    i: async (client, ids) => {
        const pages = paginateDescribeInstances({ client }, filterBy("instance-id", ids));
        return (await collect(pages, (page) => page.Reservations))
            .flatMap(({ Instances = [] }) => Instances)
            .map((one) => [one.InstanceId, one.State?.Name]);
    },
    nat: async (client, ids) => {
        const Filter = [{ Name: "nat-gateway-id", Values: ids }];
        const answer = await client.send(new DescribeNatGatewaysCommand({ Filter }));
        return (answer.NatGateways ?? []).map((one) => [one.NatGatewayId, one.State]);
    },
    eipalloc: async (client, ids) => {
        const answer = await client.send(new DescribeAddressesCommand(filterBy("allocation-id", ids)));
        return (answer.Addresses ?? []).map((one) => [one.AllocationId]);
    },
    vol: reader(paginateDescribeVolumes, "volume-id", "Volumes", "VolumeId", "State"),
    // A VPC has a handful, so reading them all is one page; the local cloud knows no filter by id for them.
    vpce: reader(paginateDescribeVpcEndpoints, undefined, "VpcEndpoints", "VpcEndpointId", "State"),
    sg: reader(paginateDescribeSecurityGroups, "group-id", "SecurityGroups", "GroupId"),
    sgr: reader(
        paginateDescribeSecurityGroupRules,
        "security-group-rule-id",
        "SecurityGroupRules",
        "SecurityGroupRuleId",
    ),
    vpc: reader(paginateDescribeVpcs, "vpc-id", "Vpcs", "VpcId"),
    subnet: reader(paginateDescribeSubnets, "subnet-id", "Subnets", "SubnetId"),
    rtb: reader(paginateDescribeRouteTables, "route-table-id", "RouteTables", "RouteTableId"),
    igw: reader(
        paginateDescribeInternetGateways,
        "internet-gateway-id",
        "InternetGateways",
        "InternetGatewayId",
    ),
    eni: reader(
        paginateDescribeNetworkInterfaces,
        "network-interface-id",
        "NetworkInterfaces",
        "NetworkInterfaceId",
    ),
    // The one type without a filter by id.
    lt: reader(paginateDescribeLaunchTemplates, undefined, "LaunchTemplates", "LaunchTemplateId"),
};

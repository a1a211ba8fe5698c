import {
    DescribeNatGatewaysCommand,
    DescribeVpcEndpointsCommand,
    paginateDescribeInstances,
    paginateDescribeTags,
    paginateDescribeVolumes,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import type { Ec2Resource } from "../ports/awsServices";
import { collect } from "./collect";

type StateReader = (client: EC2Client, ids: string[]) => Promise<ReadonlyMap<string, string>>;

const dead = new Set(["terminated", "deleted"]);
const leaving = new Set(["shutting-down", "deleting"]);

type Named = Pick<Ec2Resource, "id" | "type">;

/**
 * Everything of EC2 that carries the tag and exists. DescribeTags finds all types in one query, but goes on naming
 * deleted resources for about an hour, so the types that fade out slowly are asked for their state.
 */
export async function taggedResources(
    client: EC2Client,
    key: string,
    value: string,
): Promise<readonly Ec2Resource[]> {
    const Filters = [
        { Name: "key", Values: [key] },
        { Name: "value", Values: [value] },
    ];
    const found = await collect(paginateDescribeTags({ client }, { Filters }), (page) => page.Tags);
    const resources = found
        .filter((item) => item.Key === key && item.Value === value)
        .map((item): Named => ({ id: item.ResourceId ?? "", type: item.ResourceType ?? "" }));
    const alive = await Promise.all(
        [...new Set(resources.map((resource) => resource.type))].map((type) =>
            withoutDead(
                client,
                type,
                resources.filter((resource) => resource.type === type),
            ),
        ),
    );
    return alive.flat();
}

async function withoutDead(
    client: EC2Client,
    type: string,
    resources: readonly Named[],
): Promise<Ec2Resource[]> {
    const readStates = stateReaders[type];
    if (readStates === undefined) {
        return resources.map((resource) => ({ ...resource, leaving: false }));
    }
    const states = await readStates(
        client,
        resources.map((resource) => resource.id),
    );
    return resources
        .filter((resource) => !dead.has(states.get(resource.id) ?? "deleted"))
        .map((resource) => ({ ...resource, leaving: leaving.has(states.get(resource.id) ?? "") }));
}

const stateReaders: Readonly<Record<string, StateReader>> = {
    instance: async (client, ids) => {
        const filter = { Filters: [{ Name: "instance-id", Values: ids }] };
        const reservations = await collect(
            paginateDescribeInstances({ client }, filter),
            (page) => page.Reservations,
        );
        return statesOf(
            reservations.flatMap((reservation) => reservation.Instances ?? []),
            (instance) => [instance.InstanceId, instance.State?.Name],
        );
    },
    volume: async (client, ids) => {
        const filter = { Filters: [{ Name: "volume-id", Values: ids }] };
        const volumes = await collect(paginateDescribeVolumes({ client }, filter), (page) => page.Volumes);
        return statesOf(volumes, (volume) => [volume.VolumeId, volume.State]);
    },
    natgateway: async (client, ids) => {
        const filter = { Filter: [{ Name: "nat-gateway-id", Values: ids }] };
        const answer = await client.send(new DescribeNatGatewaysCommand(filter));
        return statesOf(answer.NatGateways ?? [], (gateway) => [gateway.NatGatewayId, gateway.State]);
    },
    "vpc-endpoint": async (client, ids) => {
        const filter = { Filters: [{ Name: "vpc-endpoint-id", Values: ids }] };
        const answer = await client.send(new DescribeVpcEndpointsCommand(filter));
        return statesOf(answer.VpcEndpoints ?? [], (endpoint) => [endpoint.VpcEndpointId, endpoint.State]);
    },
};

function statesOf<T>(
    list: readonly T[],
    pick: (item: T) => readonly [string | undefined, string | undefined],
): ReadonlyMap<string, string> {
    return new Map(
        list.map((item) => {
            const [id, state] = pick(item);
            return [id ?? "", (state ?? "").toLowerCase()] as const;
        }),
    );
}

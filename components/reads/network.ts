import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import {
    networkOf,
    type Caller,
    type NatGateway,
    type Reads,
    type RouteTable,
    type Subnet,
    type VpcEndpoint,
} from "../model/checks/reads";
import { ecsServices } from "../model/endpointServices";
import { interfaceEndpointName, locationOf, s3GatewayName } from "../model/location";
import { tagKeys } from "../model/tags";
import { answerIfAny, answerOf } from "./answers";
import { findGroupRules } from "./groupRules";

type NetworkReads = Pick<
    Reads,
    | "subnets"
    | "defaultSubnets"
    | "defaultVpc"
    | "securityGroups"
    | "routeTables"
    | "vpcEndpoints"
    | "natGateways"
    | "availabilityZones"
    | "ownNetwork"
>;

/** Networks, looked for by filter, because looking for one by id fails where there is none. */
export function networkReads(caller: () => Promise<Caller>, options: pulumi.InvokeOptions): NetworkReads {
    const filtered = async (filters: Readonly<Record<string, readonly string[]>>) => {
        const given = Object.entries(filters).map(([name, values]) => ({ name, values: [...values] }));
        const { ids } = await answerOf(ec2.getSubnets({ filters: given }, options));
        return Promise.all(ids.map((id) => describeSubnet(id, options)));
    };
    const subnets = (name: string, values: readonly string[]) => filtered({ [name]: values });
    return {
        subnets: (ids) => subnets("subnet-id", ids),
        defaultSubnets: () => subnets("default-for-az", ["true"]),
        ownNetwork: async ({ stack, stackId, environment }) => {
            const carrying = (key: string, value: string) =>
                filtered({ [`tag:${key}`]: [value], [`tag:${tagKeys.environment}`]: [environment] });
            const own = stackId === undefined ? [] : await carrying(tagKeys.stackId, stackId);
            // Subnets that are older than the id of their stack carry its name alone.
            return networkOf(own.length > 0 ? own : await carrying(tagKeys.stack, stack));
        },
        defaultVpc: async () => {
            const filters = [{ name: "is-default", values: ["true"] }];
            const [id] = (await answerOf(ec2.getVpcs({ filters }, options))).ids;
            return id === undefined ? undefined : { id };
        },
        securityGroups: async (values) => {
            const filters = [{ name: "group-id", values: [...values] }];
            const [{ ids, vpcIds }, rules] = await Promise.all([
                answerOf(ec2.getSecurityGroups({ filters }, options)),
                findGroupRules(values, options),
            ]);
            return ids.map((id, index) => ({ id, vpcId: vpcIds[index] ?? "", rules: rules?.get(id) }));
        },
        routeTables: async (vpcId) => {
            const { ids } = await answerOf(ec2.getRouteTables({ vpcId }, options));
            return Promise.all(ids.map((id) => describeRouteTable(id, options)));
        },
        vpcEndpoints: async (vpcId) => {
            const location = locationOf(await caller());
            const inside = ["s3", ...ecsServices].map((service) => interfaceEndpointName(service, location));
            const found = await Promise.all([
                findEndpoint({ vpcId, serviceName: s3GatewayName(location) }, "Gateway", options),
                ...inside.map((serviceName) => findEndpoint({ vpcId, serviceName }, "Interface", options)),
            ]);
            return found.filter((endpoint) => endpoint !== undefined);
        },
        natGateways: async (vpcId) => {
            // EC2 shows deleted ones for an hour, and the provider describes none of them.
            const filters = [{ name: "state", values: ["pending", "failed", "available"] }];
            const { ids } = await answerOf(ec2.getNatGateways({ vpcId, filters }, options));
            const found = await Promise.all(ids.map((id) => describeNatGateway(id, options)));
            return found.filter((gateway) => gateway !== undefined);
        },
        availabilityZones: async () => {
            // Local and Wavelength Zones have to be opted into.
            const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
            return (await answerOf(getAvailabilityZones({ state: "available", filters }, options))).names;
        },
    };
}

async function describeSubnet(
    id: string,
    options: pulumi.InvokeOptions,
): Promise<Subnet & { readonly cidrBlock: string }> {
    const subnet = await answerOf(ec2.getSubnet({ id }, options));
    const { vpcId, availabilityZone: zone, mapPublicIpOnLaunch, cidrBlock } = subnet;
    return { id, vpcId, zone, mapPublicIpOnLaunch, cidrBlock };
}

/**
 * The provider tells no state of a route, so that one into nothing passes for a good one, and leaves out routes to
 * gateway endpoints, which the endpoints tell of (hashicorp/terraform-provider-aws, data source aws_route_table).
 */
async function describeRouteTable(id: string, options: pulumi.InvokeOptions): Promise<RouteTable> {
    const table = await answerOf(ec2.getRouteTable({ routeTableId: id }, options));
    return {
        id,
        vpcId: table.vpcId,
        main: table.associations.some(({ main }) => main),
        subnetIds: table.associations.map(({ subnetId }) => subnetId).filter(Boolean),
        routes: table.routes.map((route) => ({
            destination: route.cidrBlock || route.destinationPrefixListId || route.ipv6CidrBlock,
            target:
                route.natGatewayId ||
                route.transitGatewayId ||
                route.vpcPeeringConnectionId ||
                route.networkInterfaceId ||
                route.instanceId ||
                route.gatewayId ||
                route.vpcEndpointId,
            state: "active",
        })),
    };
}

/** The provider describes an endpoint only where it is the only one: several of a type stay unanswered. */
async function findEndpoint(
    place: { readonly vpcId: string; readonly serviceName: string },
    type: string,
    options: pulumi.InvokeOptions,
): Promise<VpcEndpoint | undefined> {
    const filters = [{ name: "vpc-endpoint-type", values: [type] }];
    const found = await answerIfAny(ec2.getVpcEndpoint({ ...place, state: "available", filters }, options));
    return (
        found && {
            id: found.id,
            serviceName: found.serviceName,
            type,
            state: found.state,
            routeTableIds: found.routeTableIds,
            privateDns:
                found.privateDnsEnabled &&
                !found.dnsOptions.some((one) => one.privateDnsOnlyForInboundResolverEndpoint),
            policy: found.policy || undefined,
        }
    );
}

async function describeNatGateway(
    id: string,
    options: pulumi.InvokeOptions,
): Promise<NatGateway | undefined> {
    const found = await answerIfAny(ec2.getNatGateway({ id }, options));
    return (
        found && {
            id,
            state: found.state,
            connectivity: found.connectivityType,
            subnetId: found.subnetId || undefined,
        }
    );
}

import { crc32 } from "../schema/crc32";
import type { CreateRouteRequest, EC2, Route } from "@aws-sdk/client-ec2";
import { errorCode, unlessGone } from "../aws/errors";
import { retryWhile } from "../aws/wait";
import { asText, region, required, text, type Properties, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";
import { findRouteTable } from "./routeTable";

const createLimitSeconds = 300;

const inputs = {
    destinationCidrBlock: text({ replaces: true }),
    destinationIpv6CidrBlock: text({ replaces: true }),
    destinationPrefixListId: text({ replaces: true }),
    egressOnlyGatewayId: text(),
    gatewayId: text(),
    natGatewayId: text(),
    networkInterfaceId: text({ computed: true }),
    region: region(),
    routeTableId: required(text({ replaces: true })),
    transitGatewayId: text(),
    vpcEndpointId: text(),
    vpcPeeringConnectionId: text(),
};

const targets = [
    "egressOnlyGatewayId",
    "gatewayId",
    "natGatewayId",
    "networkInterfaceId",
    "transitGatewayId",
    "vpcEndpointId",
    "vpcPeeringConnectionId",
] as const;

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

function toRequest(wanted: Values<typeof inputs>): CreateRouteRequest {
    return {
        DestinationCidrBlock: wanted.destinationCidrBlock,
        DestinationIpv6CidrBlock: wanted.destinationIpv6CidrBlock,
        DestinationPrefixListId: wanted.destinationPrefixListId,
        EgressOnlyInternetGatewayId: wanted.egressOnlyGatewayId,
        GatewayId: wanted.gatewayId,
        NatGatewayId: wanted.natGatewayId,
        NetworkInterfaceId: wanted.networkInterfaceId,
        RouteTableId: wanted.routeTableId,
        TransitGatewayId: wanted.transitGatewayId,
        VpcEndpointId: wanted.vpcEndpointId,
        VpcPeeringConnectionId: wanted.vpcPeeringConnectionId,
    };
}

interface Address {
    readonly routeTableId: string;
    readonly destination: string;
}

/** Where the route is: from the state, or in an import from the id `<route table>_<destination>`. */
function addressOf(id: string, known: Properties): Address {
    const destination = destinations
        .map((name) => known[name])
        .find((value) => typeof value === "string" && value !== "");
    const [routeTableId, imported] = id.split("_");
    return {
        routeTableId: asText(known["routeTableId"], routeTableId),
        destination: asText(destination, imported),
    };
}

/** The id that the official provider gives a route. */
function routeId(address: Address): string {
    return `r-${address.routeTableId}${crc32(address.destination)}`;
}

async function find(ec2: EC2, address: Address): Promise<Route | undefined> {
    return (await findRouteTable(ec2, address.routeTableId))?.Routes?.find((route) =>
        [route.DestinationCidrBlock, route.DestinationIpv6CidrBlock, route.DestinationPrefixListId].includes(
            address.destination,
        ),
    );
}

function exactlyOneOf(
    names: readonly string[],
    given: Properties,
): readonly { property: string; reason: string }[] {
    const present = names.filter((name) => given[name] !== undefined);
    return present.length === 1
        ? []
        : [
              {
                  property: present[1] ?? names[0] ?? "",
                  reason: `got ${present.join(" and ") || "none"}, expected exactly one of ${names.join(", ")}`,
              },
          ];
}

/** `aws:ec2/route:Route` */
export const route = defineResource({
    token: "aws:ec2/route:Route",
    inputs,
    outputs: ["instanceId", "instanceOwnerId", "origin", "state"],
    check: (given) => [...exactlyOneOf(destinations, given), ...exactlyOneOf(targets, given)],

    async create(call, wanted) {
        const ec2 = await call.aws.ec2();
        const wait = { what: `${wanted.routeTableId} to take the route`, limitSeconds: createLimitSeconds };
        // A gateway made a moment ago may not be known to the route table yet.
        const passing = [
            "InvalidParameterException",
            "InvalidTransitGatewayID.NotFound",
            "InvalidGatewayID.NotFound",
        ];
        await retryWhile(
            call,
            wait,
            (error) => passing.includes(errorCode(error) ?? ""),
            () => ec2.createRoute(toRequest(wanted)),
        );
        return routeId(addressOf("", { ...wanted }));
    },

    async read(call, id, known) {
        const address = addressOf(id, known);
        const found = await find(await call.aws.ec2(), address);
        return (
            found && {
                destinationCidrBlock: found.DestinationCidrBlock,
                destinationIpv6CidrBlock: found.DestinationIpv6CidrBlock,
                destinationPrefixListId: found.DestinationPrefixListId,
                egressOnlyGatewayId: found.EgressOnlyInternetGatewayId,
                gatewayId: found.GatewayId,
                instanceId: found.InstanceId ?? "",
                instanceOwnerId: found.InstanceOwnerId ?? "",
                natGatewayId: found.NatGatewayId,
                networkInterfaceId: found.NetworkInterfaceId,
                origin: found.Origin,
                routeTableId: address.routeTableId,
                state: found.State,
                transitGatewayId: found.TransitGatewayId,
                vpcPeeringConnectionId: found.VpcPeeringConnectionId,
            }
        );
    },

    async update(call, _id, change) {
        const ec2 = await call.aws.ec2();
        await ec2.replaceRoute(toRequest(change.inputs));
    },

    async delete(call, id, state) {
        const ec2 = await call.aws.ec2();
        const { routeTableId } = addressOf(id, state);
        const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = toRequest(
            state as unknown as Values<typeof inputs>,
        );
        await unlessGone(() =>
            ec2.deleteRoute({
                RouteTableId: routeTableId,
                DestinationCidrBlock,
                DestinationIpv6CidrBlock,
                DestinationPrefixListId,
            }),
        );
    },
});

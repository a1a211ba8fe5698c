import { crc32 } from "node:zlib";
import type { EC2, Route } from "@aws-sdk/client-ec2";
import { hasCode, unlessDoneBefore, unlessGone } from "../aws/errors";
import { retryWhile } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { asText, region, required, text, type Properties } from "../schema/property";
import { defineResource } from "../schema/resourceType";
import { findRouteTable } from "./routeTable";

const createLimitSeconds = 300;

const inputs = {
    destinationCidrBlock: required(text({ replaces: true })),
    gatewayId: text(),
    natGatewayId: text(),
    region: region(),
    routeTableId: required(text({ replaces: true })),
};

const targets = ["gatewayId", "natGatewayId"] as const;

interface Address {
    readonly routeTableId: string;
    readonly destination: string;
}

/** Where the route is: from the state, or in an import from the id `<route table>_<destination>`. */
function addressOf(id: string, known: Properties): Address {
    const [routeTableId, destination] = id.split("_");
    return {
        routeTableId: asText(known["routeTableId"], routeTableId),
        destination: asText(known["destinationCidrBlock"], destination),
    };
}

async function find(ec2: EC2, { routeTableId, destination }: Address): Promise<Route | undefined> {
    const table = await findRouteTable(ec2, routeTableId);
    return table?.Routes?.find((route) => route.DestinationCidrBlock === destination);
}

/** `aws:ec2/route:Route` */
export const route = defineResource({
    token: "aws:ec2/route:Route",
    inputs,
    check(given) {
        const present = targets.filter((name) => given[name] !== undefined);
        const reason = `got ${present.join(" and ") || "none"}, expected exactly one of ${targets.join(", ")}`;
        return present.length === 1 ? [] : [{ property: present[1] ?? targets[0], reason }];
    },

    async create(context, wanted) {
        const { routeTableId, destinationCidrBlock } = wanted;
        // A gateway made a moment ago may not be known to the route table yet.
        const isPassing = hasCode("InvalidParameterException", "InvalidGatewayID.NotFound");
        await retryWhile(
            context,
            { what: `${routeTableId} to take the route`, limitSeconds: createLimitSeconds },
            isPassing,
            () =>
                unlessDoneBefore(
                    () =>
                        context.aws.ec2.createRoute({
                            ...toAws(inputs, wanted),
                            RouteTableId: routeTableId,
                        }),
                    "RouteAlreadyExists",
                ),
        );
        // The id that the official provider gives a route.
        return `r-${routeTableId}${crc32(destinationCidrBlock)}`;
    },

    async read(context, id, known) {
        const address = addressOf(id, known);
        const found = await find(context.aws.ec2, address);
        return found && { ...fromAws(inputs, found), routeTableId: address.routeTableId };
    },

    async update(context, _id, change) {
        await context.aws.ec2.replaceRoute({
            ...toAws(inputs, change.inputs),
            RouteTableId: change.inputs.routeTableId,
        });
    },

    async delete(context, id, state) {
        const { routeTableId, destination } = addressOf(id, state);
        await unlessGone(() =>
            context.aws.ec2.deleteRoute({ RouteTableId: routeTableId, DestinationCidrBlock: destination }),
        );
    },
});

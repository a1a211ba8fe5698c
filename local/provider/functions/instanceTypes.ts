import type { InstanceTypeOffering, LocationType } from "@aws-sdk/client-ec2";
import type { Call } from "../aws/call";
import { defineFunction } from "../functionType";
import { list, region, text } from "../schema/property";
import { filters, toFilters } from "./filters";

interface Search {
    readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[] | undefined;
    readonly locationType?: string | undefined;
}

async function findOfferings(call: Call, wanted: Search): Promise<InstanceTypeOffering[]> {
    const ec2 = await call.aws.ec2();
    const offerings: InstanceTypeOffering[] = [];
    let NextToken: string | undefined;
    do {
        const page = await ec2.describeInstanceTypeOfferings({
            Filters: toFilters(wanted.filters),
            LocationType: wanted.locationType as LocationType | undefined,
            NextToken,
        });
        offerings.push(...(page.InstanceTypeOfferings ?? []));
        NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== "");
    return offerings;
}

/** `aws.ec2.getInstanceTypeOffering` */
export const getInstanceTypeOffering = defineFunction({
    token: "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering",
    inputs: {
        filters: filters(),
        locationType: text(),
        preferredInstanceTypes: list(text()),
        region: region(),
    },
    async run(call, inputs) {
        const offerings = await findOfferings(call, inputs);
        const preferred = (inputs.preferredInstanceTypes ?? [])
            .map((wanted) => offerings.find((offering) => offering.InstanceType === wanted))
            .find((offering) => offering !== undefined);
        const chosen = preferred ?? offerings[0];
        if (chosen === undefined) {
            throw new Error("no EC2 Instance Type Offerings found matching criteria: try a different search");
        }
        if (offerings.length > 1 && preferred === undefined) {
            throw new Error(
                `${offerings.length} EC2 Instance Type Offerings found, expected one: try a more specific search`,
            );
        }
        return { id: chosen.InstanceType, instanceType: chosen.InstanceType, location: chosen.Location };
    },
});

/** `aws.ec2.getInstanceTypeOfferings` */
export const getInstanceTypeOfferings = defineFunction({
    token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings",
    inputs: { filters: filters(), locationType: text(), region: region() },
    async run(call, inputs) {
        const offerings = await findOfferings(call, inputs);
        return {
            id: call.region,
            instanceTypes: offerings.map((offering) => offering.InstanceType),
            locations: offerings.map((offering) => offering.Location),
            locationTypes: offerings.map((offering) => offering.LocationType),
        };
    },
});

import { checkArguments } from "../schema/check";
import {
    flag,
    integer,
    list,
    object,
    required,
    tags,
    text,
    type Json,
    type Properties,
    type Values,
} from "../schema/property";

const subnetSpec = {
    assignIpv6AddressOnCreation: flag(),
    cidrBlocks: list(text()),
    cidrMask: integer(),
    name: text(),
    size: integer(),
    tags: tags(),
    type: required(text()),
};

const endpointSpec = {
    policy: text(),
    routeTableIds: list(text()),
    serviceName: required(text()),
    tags: tags(),
    vpcEndpointType: text(),
};

const fields = {
    availabilityZoneCidrMask: integer(),
    availabilityZoneNames: list(text()),
    cidrBlock: text({ default: "10.0.0.0/16" }),
    enableDnsHostnames: flag(),
    enableDnsSupport: flag(),
    enableNetworkAddressUsageMetrics: flag(),
    instanceTenancy: text(),
    natGateways: object({ elasticIpAllocationIds: list(text()), strategy: text({ default: "OnePerAz" }) }),
    numberOfAvailabilityZones: integer(),
    region: text(),
    subnetSpecs: list(object(subnetSpec)),
    subnetStrategy: text(),
    tags: tags(),
    vpcEndpointSpecs: list(object(endpointSpec)),
    vpcEndpointStrategy: text({ default: "Legacy" }),
};

/** The inputs of `awsx:ec2:Vpc` that are served. */
export type VpcInputs = Values<typeof fields>;

/** What the program says of one kind of subnet. */
export type SubnetSpec = Values<typeof subnetSpec>;

/** What the program says of one endpoint. */
export type EndpointSpec = Values<typeof endpointSpec>;

/**
 * Checks the inputs of the component.
 * @throws Error that names everything that is wrong
 */
export function parseVpcInputs(given: Readonly<Record<string, unknown>>): VpcInputs {
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { inputs, problems } = checkArguments("awsx:ec2:Vpc", fields, known as Properties);
    const wrong = [
        ...problems.map((problem) => problem.reason),
        ...(problems.length > 0 ? [] : rules(inputs)),
    ];
    if (wrong.length > 0) {
        throw new Error(wrong.join("; "));
    }
    return inputs;
}

function rules(given: Readonly<Record<string, Json>>): readonly string[] {
    const inputs = given as unknown as VpcInputs;
    const types = (inputs.subnetSpecs ?? [{ type: "Private" }, { type: "Public" }]).map((spec) =>
        spec.type.toLowerCase(),
    );
    const strategy = (inputs.natGateways?.strategy ?? "OnePerAz").toLowerCase();
    const hasPublicAndOther =
        types.includes("public") && types.some((type) => ["private", "isolated"].includes(type));
    const endpointTypes = (inputs.vpcEndpointSpecs ?? []).map((spec) =>
        (spec.vpcEndpointType ?? "Gateway").toLowerCase(),
    );
    return [
        ...(["none", "single", "oneperaz"].includes(strategy)
            ? []
            : [`natGateways.strategy: got "${strategy}", expected None, Single or OnePerAz`]),
        ...(strategy === "none" || hasPublicAndOther
            ? []
            : [
                  "natGateways: a NAT gateway needs a public subnet to stand in and a private or isolated one to serve",
              ]),
        ...(inputs.subnetSpecs === undefined || inputs.subnetStrategy === "Auto"
            ? []
            : ['subnetStrategy: the local provider lays out subnetSpecs only with "Auto"']),
        ...(inputs.availabilityZoneNames === undefined || inputs.numberOfAvailabilityZones === undefined
            ? []
            : ["got availabilityZoneNames and numberOfAvailabilityZones, expected one of them"]),
        ...(endpointTypes.every((type) => type === "gateway")
            ? []
            : ["vpcEndpointSpecs: the local provider serves gateway endpoints only"]),
    ];
}

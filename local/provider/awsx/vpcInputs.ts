import { checkArguments } from "../schema/check";
import { flag, list, object, required, tags, text, type Properties, type Values } from "../schema/property";

const fields = {
    availabilityZoneNames: required(list(text())),
    cidrBlock: required(text()),
    enableDnsHostnames: flag(),
    natGateways: required(object({ strategy: required(text()) })),
    subnetSpecs: required(list(object({ cidrBlocks: required(list(text())), type: required(text()) }))),
    subnetStrategy: required(text()),
    tags: tags(),
    vpcEndpointSpecs: list(object({ serviceName: required(text()), vpcEndpointType: text() })),
    vpcEndpointStrategy: text(),
};

/** The inputs of `awsx:ec2:Vpc` that are served. */
export type VpcInputs = Values<typeof fields>;

/**
 * Checks the inputs of the component.
 * @throws Error that names everything that is wrong
 */
export function parseVpcInputs(given: Readonly<Record<string, unknown>>): VpcInputs {
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { inputs, problems } = checkArguments("awsx:ec2:Vpc", fields, known as Properties);
    const parsed = inputs as unknown as VpcInputs;
    const wrong = problems.length > 0 ? problems.map(({ reason }) => reason) : notServed(parsed);
    if (wrong.length > 0) {
        throw new Error(wrong.join("; "));
    }
    return parsed;
}

function notServed(inputs: VpcInputs): readonly string[] {
    const { natGateways, subnetSpecs, subnetStrategy, vpcEndpointSpecs = [], vpcEndpointStrategy } = inputs;
    const types = subnetSpecs.map((spec) => spec.type);
    const zoneCount = inputs.availabilityZoneNames.length;
    const problems: readonly (readonly [isWrong: boolean, problem: string])[] = [
        [
            subnetStrategy !== "Auto",
            'subnetStrategy: the local provider lays out subnetSpecs only with "Auto"',
        ],
        [
            !types.every((type) => ["Public", "Private"].includes(type)),
            `subnetSpecs: got the types ${types.join(", ")}; the local provider serves Public and Private`,
        ],
        [
            !subnetSpecs.every((spec) => spec.cidrBlocks.length === zoneCount),
            `subnetSpecs: the local provider wants one of cidrBlocks for each zone, ${zoneCount}, in every spec`,
        ],
        [
            !["None", "Single"].includes(natGateways.strategy),
            `natGateways.strategy: got "${natGateways.strategy}"; the local provider serves None and Single`,
        ],
        [
            natGateways.strategy === "Single" && !(types.includes("Public") && types.includes("Private")),
            "natGateways: a NAT gateway needs a public subnet to stand in and a private one to serve",
        ],
        [
            !vpcEndpointSpecs.every(({ vpcEndpointType = "Gateway" }) => vpcEndpointType === "Gateway"),
            "vpcEndpointSpecs: the local provider serves gateway endpoints only",
        ],
        [
            vpcEndpointSpecs.length > 0 && vpcEndpointStrategy !== "Auto",
            'vpcEndpointStrategy: the local provider puts endpoints into route tables only with "Auto"',
        ],
    ];
    return problems.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
}

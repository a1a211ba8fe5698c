import { bitsFor, blockAfter, formatBlock, parseBlock, sizeOf, type Block } from "./addresses";
import type { SubnetSpec } from "./vpcInputs";

/** One subnet of the VPC. */
export interface PlannedSubnet {
    /** Name of the subnet in the program and in its `Name` tag. */
    readonly name: string;
    readonly type: string;
    readonly zone: string;
    readonly cidrBlock: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** The order in which the official component makes the subnets of a zone. */
const order = ["public", "private", "isolated"];

/** Unless the program says otherwise: half of a zone private, a quarter public, and no more than a /16 in all. */
const defaultSpecs = (zonePrefixLength: number): readonly SubnetSpec[] => {
    const base = Math.max(zonePrefixLength, 16);
    return [
        { type: "Private", cidrMask: base + 1 },
        { type: "Public", cidrMask: base + 2 },
    ];
};

/**
 * The subnets of a VPC, zone by zone, as the official component lays them out with the strategy "Auto".
 * @throws Error when they do not fit
 */
export function layOut(
    vpcName: string,
    cidrBlock: string,
    zones: readonly string[],
    given: readonly SubnetSpec[] | undefined,
    zoneCidrMask: number | undefined,
): readonly PlannedSubnet[] {
    const vpc = parseBlock(cidrBlock);
    const zonePrefixLength = zoneCidrMask ?? vpc.prefixLength + bitsFor(zones.length);
    const specs = given ?? defaultSpecs(zonePrefixLength);
    const size = sizeOf(zonePrefixLength);
    return zones.flatMap((zone, index) => {
        const zoneBlock = { first: vpc.first + index * size, prefixLength: zonePrefixLength };
        const blocks = blocksOf(specs, index, zoneBlock);
        return specs
            .map((spec, at) => ({ ...planned(vpcName, spec, zone, index), cidrBlock: blocks[at] ?? "" }))
            .filter((subnet) => order.includes(subnet.type.toLowerCase()))
            .sort((a, b) => order.indexOf(a.type.toLowerCase()) - order.indexOf(b.type.toLowerCase()));
    });
}

function planned(
    vpcName: string,
    spec: SubnetSpec,
    zone: string,
    index: number,
): Omit<PlannedSubnet, "cidrBlock"> {
    const name = `${vpcName}-${spec.name ?? spec.type.toLowerCase()}-${index + 1}`;
    return { name, type: spec.type, zone, tags: spec.tags ?? {} };
}

function blocksOf(specs: readonly SubnetSpec[], zoneIndex: number, zone: Block): readonly string[] {
    if (specs.some((spec) => spec.cidrBlocks !== undefined)) {
        return specs.map((spec) => explicitBlock(spec, zoneIndex));
    }
    const evenly = zone.prefixLength + bitsFor(specs.length);
    const blocks: Block[] = [];
    for (const spec of specs) {
        const prefixLength = maskOf(spec) ?? evenly;
        const previous = blocks.at(-1);
        blocks.push(
            previous === undefined ? { first: zone.first, prefixLength } : blockAfter(previous, prefixLength),
        );
    }
    const last = blocks.at(-1);
    if (
        last !== undefined &&
        last.first + sizeOf(last.prefixLength) > zone.first + sizeOf(zone.prefixLength)
    ) {
        throw new Error(
            `the subnets do not fit into ${formatBlock(zone)}, the part of the VPC that each zone has`,
        );
    }
    return blocks.map(formatBlock);
}

function explicitBlock(spec: SubnetSpec, zoneIndex: number): string {
    const block = spec.cidrBlocks?.[zoneIndex];
    if (block === undefined) {
        throw new Error(
            `subnetSpecs: got no cidrBlocks of "${spec.name ?? spec.type}" for zone ${zoneIndex + 1}, ` +
                "expected one for each zone in every spec",
        );
    }
    return block;
}

function maskOf(spec: SubnetSpec): number | undefined {
    return spec.cidrMask ?? (spec.size === undefined ? undefined : 32 - Math.log2(spec.size));
}

import ipaddr from "ipaddr.js";
import { looksLikeIpv4Block } from "./ipv4Text";

/** Availability zones that an address plan has room for; no region has more. */
const maxZones = 6;
/** A plan halves into public and private, each with room for `maxZones`: 16 slots, 4 bits. */
const slotBits = 4;
/** A VPC takes /16 to /28 (VPC user guide, "VPC CIDR blocks"); a subnet no smaller than /28. */
const largestVpcPrefix = 16;
const smallestSubnetPrefix = 28;

export interface CidrBlock {
    /** The block as AWS writes it. */
    readonly cidrBlock: string;
    readonly firstAddress: number;
    readonly prefixLength: number;
}

interface SubnetPlan {
    /** One block a zone, in the order of the zones. */
    readonly publicCidrBlocks: readonly string[];
    /** One block a zone, in the order of the zones. */
    readonly privateCidrBlocks: readonly string[];
}

/** Reads an IPv4 block that a VPC with room for every subnet can have. */
export function parseCidrBlock(text: string): CidrBlock | { readonly expected: string } {
    const example = "an IPv4 block such as 10.0.0.0/16";
    if (!looksLikeIpv4Block(text) || !ipaddr.IPv4.isValidCIDR(text)) {
        return { expected: example };
    }
    const [address, prefixLength] = ipaddr.IPv4.parseCIDR(text);
    const smallestVpcPrefix = smallestSubnetPrefix - slotBits;
    if (prefixLength < largestVpcPrefix || prefixLength > smallestVpcPrefix) {
        return { expected: `a size from /${largestVpcPrefix} to /${smallestVpcPrefix}` };
    }
    const network = ipaddr.IPv4.networkAddressFromCIDR(text).toString();
    if (network !== address.toString()) {
        return { expected: `the first address of the block: ${network}/${prefixLength}` };
    }
    return { cidrBlock: text, firstAddress: toNumber(address.octets), prefixLength };
}

/**
 * Divides a VPC's block among zones. A zone's blocks depend on the VPC's block and the zone's place only, so
 * that adding a zone, or private subnets, moves no subnet that exists.
 * @throws RangeError when the block or the number of zones is out of range; settings are checked before.
 */
export function planSubnets(cidrBlock: string, zones: number): SubnetPlan {
    const block = parseCidrBlock(cidrBlock);
    if ("expected" in block) {
        throw new RangeError(`cannot divide ${cidrBlock}: expected ${block.expected}`);
    }
    if (!Number.isInteger(zones) || zones < 1 || zones > maxZones) {
        throw new RangeError(`cannot divide ${cidrBlock} among ${zones} zones: expected 1 to ${maxZones}`);
    }
    const prefixLength = block.prefixLength + slotBits;
    const slots = 2 ** slotBits;
    const blockOf = (slot: number) =>
        `${toText(block.firstAddress + slot * 2 ** (32 - prefixLength))}/${prefixLength}`;
    const places = Array.from({ length: zones }, (_, place) => place);
    return {
        publicCidrBlocks: places.map((place) => blockOf(place)),
        privateCidrBlocks: places.map((place) => blockOf(slots / 2 + place)),
    };
}

/** The first four and the last one (VPC user guide, "Subnet CIDR blocks"). */
const reservedAddresses = 5;

/** How many addresses a subnet of that plan has for anything of ours. */
export function addressesOfSubnet({ prefixLength }: Pick<CidrBlock, "prefixLength">): number {
    return 2 ** (32 - prefixLength - slotBits) - reservedAddresses;
}

function toNumber(octets: readonly number[]): number {
    return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function toText(address: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Zones by their places in an address plan; undefined where nothing stands, as in a network that is half made. */
export type ZonePlaces = readonly (string | undefined)[];

/** Zones of subnets that `planSubnets` has divided: a subnet that stands holds its place in the plan. */
export function zonesByPlace(
    subnets: readonly { readonly zone: string; readonly cidrBlock: string }[],
): ZonePlaces {
    const zones = new Map(subnets.map(({ zone, cidrBlock }) => [placeOf(cidrBlock), zone]));
    return Array.from({ length: Math.max(0, ...[...zones.keys()].map((place) => place + 1)) }, (_, place) =>
        zones.get(place),
    );
}

/** Place of a subnet's zone in the plan, which public and private subnets of a zone share. */
function placeOf(cidrBlock: string): number {
    const [address, prefixLength] = ipaddr.IPv4.parseCIDR(cidrBlock);
    const slots = 2 ** slotBits;
    const slot = Math.floor(toNumber(address.octets) / 2 ** (32 - prefixLength)) % slots;
    return slot % (slots / 2);
}

/**
 * Zones for the subnets of a VPC of our own: those that it is in already, in their places, and for the others those that
 * offer the instance type first, by name. Neither another zone nor another instance type ever moves a subnet.
 */
export function chooseZones(
    count: number,
    own: ZonePlaces,
    available: readonly string[],
    offering: readonly string[],
): readonly string[] {
    const free = available.filter((zone) => !own.includes(zone)).sort();
    const offered = free.filter((zone) => offering.includes(zone));
    const next = [...offered, ...free.filter((zone) => !offering.includes(zone))].values();
    return Array.from({ length: count }, (_, place) => own[place] ?? next.next().value).filter(
        (zone) => zone !== undefined,
    );
}

/**
 * Picks the place of a fixed host among the subnets of a network. A host that runs keeps its subnet. New hosts take
 * turns, and pass over zones that do not offer their instance type. The choice depends on the host's own number and on
 * the network, never on how many hosts there are, so that hosts stay where they are when the count changes.
 * @param hostNumber counted from 1
 * @param zones the zone of each subnet
 * @param kept index of the subnet that the host is in, where it runs in one of them
 * @returns the index of the subnet, or undefined when no zone offers the instance type
 */
export function chooseSubnet(
    hostNumber: number,
    zones: readonly string[],
    offeredZones: ReadonlySet<string>,
    kept?: number,
): number | undefined {
    if (kept !== undefined && offeredZones.has(zones[kept] ?? "")) {
        return kept;
    }
    return zones
        .map((_, turn) => (hostNumber - 1 + turn) % zones.length)
        .find((index) => offeredZones.has(zones[index] ?? ""));
}

/**
 * Picks the subnet of a host that has to be in one zone, as its docker volume is there.
 * @param preferred index of the subnet that the host's turn gives it
 * @param zones the zone of each subnet
 * @returns `preferred` where that is in the zone, else the first subnet of the zone, or undefined
 */
export function subnetInZone(zone: string, preferred: number, zones: readonly string[]): number | undefined {
    const index = zones[preferred] === zone ? preferred : zones.indexOf(zone);
    return index === -1 ? undefined : index;
}

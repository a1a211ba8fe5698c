import ipaddr from "ipaddr.js";

/** Numbers from one to another, both among them: IPv4 addresses, or ports. */
export interface Span {
    readonly first: number;
    readonly last: number;
}

/** The addresses of a CIDR block; undefined for anything else, such as IPv6 or a prefix list. */
export function spanOf(cidrBlock: string): Span | undefined {
    if (!ipaddr.IPv4.isValidCIDR(cidrBlock)) {
        return undefined;
    }
    const [, prefixLength] = ipaddr.IPv4.parseCIDR(cidrBlock);
    const first = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidrBlock));
    return { first, last: first + 2 ** (32 - prefixLength) - 1 };
}

/** One address, such as `52.28.214.37`. */
export function addressOf(ip: string): Span | undefined {
    return spanOf(`${ip}/32`);
}

export function holds({ first, last }: Span, value: number): boolean {
    return first <= value && value <= last;
}

/**
 * Values that stand for all of some spans: whatever is decided by the given bounds alone is decided alike for every value
 * between two of these and for the lower one of them.
 */
export function samplesOf(spans: readonly Span[], bounds: readonly Span[]): readonly number[] {
    const cuts = bounds.flatMap(({ first, last }) => [first, last + 1]);
    const samples = spans.flatMap((span) => [span.first, ...cuts.filter((cut) => holds(span, cut))]);
    return [...new Set(samples)].sort((one, other) => one - other);
}

/**
 * IPv4 that is not on the Internet (IANA IPv4 Special-Purpose Address Registry, and class D and E,
 * https://www.iana.org/assignments/iana-ipv4-special-registry), in its order.
 */
const special = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
].flatMap((block) => spanOf(block) ?? []);

/** All that is on the Internet: where a public service is that has no addresses of its own to tell. */
export const internet: readonly Span[] = special.slice(1).map(({ first }, index) => ({
    first: (special[index]?.last ?? 0) + 1,
    last: first - 1,
}));

function toNumber(address: ipaddr.IPv4): number {
    return address.octets.reduce((number, octet) => number * 256 + octet, 0);
}

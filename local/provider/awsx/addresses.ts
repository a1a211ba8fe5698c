/** A block of IPv4 addresses. */
export interface Block {
    /** The first address, as a number. */
    readonly first: number;
    readonly prefixLength: number;
}

/**
 * Reads `10.0.0.0/16`.
 * @throws Error when it is no IPv4 block
 */
export function parseBlock(cidrBlock: string): Block {
    const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidrBlock)?.slice(1).map(Number);
    const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = parts ?? [];
    if (Math.max(a, b, c, d) > 255 || prefixLength > 32) {
        throw new Error(`got "${cidrBlock}", expected an IPv4 block such as 10.0.0.0/16`);
    }
    const first = ((a * 256 + b) * 256 + c) * 256 + d;
    return { first: first - (first % sizeOf(prefixLength)), prefixLength };
}

/** Writes a block as `10.0.0.0/16`. */
export function formatBlock({ first, prefixLength }: Block): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefixLength}`;
}

/** Addresses in a block of this prefix length. */
export function sizeOf(prefixLength: number): number {
    return 2 ** (32 - prefixLength);
}

/** The first block of this size that begins where `previous` ends, or later. */
export function blockAfter(previous: Block, prefixLength: number): Block {
    const end = previous.first + sizeOf(previous.prefixLength);
    const size = sizeOf(prefixLength);
    return { first: Math.ceil(end / size) * size, prefixLength };
}

/** Prefix bits that it takes to tell `count` blocks apart. */
export function bitsFor(count: number): number {
    return Math.ceil(Math.log2(Math.max(1, count)));
}

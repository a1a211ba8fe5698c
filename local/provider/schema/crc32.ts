/** CRC-32 as IEEE 802.3 has it: the official provider makes ids of it (Node's own came only with 20.15). */
export function crc32(text: string): number {
    let sum = ~0;
    for (const byte of Buffer.from(text, "utf8")) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++) {
            sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
        }
    }
    return ~sum >>> 0;
}

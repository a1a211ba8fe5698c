const sectorBytes = 512;

/**
 * The sector that makes a disk a physical volume of LVM: its label with a checksum over all that follows it (lvm2,
 * lib/format_text/layout.h and lib/misc/crc.c).
 */
export function lvmLabel(): Buffer {
    const sector = Buffer.alloc(sectorBytes);
    sector.write("LABELONE", 0, "latin1");
    sector.writeBigUInt64LE(1n, 8);
    sector.writeUInt32LE(32, 20);
    sector.write("LVM2 001", 24, "latin1");
    sector.write("0123456789abcdefghijklmnopqrstuv", 32, "latin1");
    sector.writeUInt32LE(lvmChecksum(sector.subarray(20)), 16);
    return sector;
}

/** CRC-32 with LVM's own first value and without the final inversion. */
function lvmChecksum(bytes: Buffer): number {
    let crc = 0xf597a6cf;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit += 1) {
            crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    return crc >>> 0;
}

/** A master boot record with one Linux partition. */
export function partitionTable(): Buffer {
    const record = Buffer.alloc(sectorBytes);
    record.writeUInt32LE(0x5eed5eed, 440);
    record.writeUInt8(0x83, 446 + 4);
    record.writeUInt32LE(2048, 446 + 8);
    record.writeUInt32LE(1_000_000, 446 + 12);
    record.writeUInt16LE(0xaa55, 510);
    return record;
}

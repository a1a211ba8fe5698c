import { gzipSync } from "fflate";
import type { HostFacts } from "./facts";
import { renderUserData } from "./userData";

/** EC2's limit for user data before it is encoded (EC2 user guide, "Run commands at launch"). */
const userDataLimitBytes = 16_384;

/** Linux takes no longer word of a command (execve(2), MAX_ARG_STRLEN), and each file on the host is one. */
const textLimitBytes = 131_072;

/** User data as EC2 takes it: text, or, where that would be too large, text that is compressed and encoded. */
export type PackedUserData = { readonly text: string } | { readonly base64: string };

/**
 * Whether the user data of a host has to be compressed; cloud-init unpacks it (its manual, "User-data formats").
 * Only what would not fit otherwise: a change of user data replaces fixed hosts, so that text which always fitted stays
 * as it is. The id of a volume, which is not known before the volume is, is as long as any other.
 */
export function isCompressed(facts: HostFacts): boolean {
    return sizeOf(renderUserData(facts)) > userDataLimitBytes;
}

/**
 * The user data of a host.
 * @param compressed as it was found to be for a longer name of the cluster. @default - where it would not fit otherwise
 * @throws RangeError when it is larger than EC2 takes, compressed as well
 */
export function packUserData(facts: HostFacts, compressed = isCompressed(facts)): PackedUserData {
    const text = renderUserData(facts);
    if (!compressed) {
        return { text };
    }
    const packed = compress(text);
    const hint = "shorten agent, hosts.packages or dockerStorage.options";
    if (sizeOf(text) > textLimitBytes) {
        throw new RangeError(
            `the hosts' user data has ${sizeOf(text)} bytes, and a host takes ${textLimitBytes}: ${hint}`,
        );
    }
    if (packed.length > userDataLimitBytes) {
        throw new RangeError(
            `the hosts' user data has ${packed.length} bytes after compression, and EC2 takes ${userDataLimitBytes}: ${hint}`,
        );
    }
    return { base64: packed.toString("base64") };
}

/** Not by Node's own zlib, whose bytes differ between its versions and between processors: others would replace hosts. */
export function compress(text: string): Buffer {
    return Buffer.from(gzipSync(Buffer.from(text, "utf8"), { level: 9, mtime: 0 }));
}

/** The same, encoded in either case: launch templates take no other. */
export function encodedUserData(facts: HostFacts): string {
    const packed = packUserData(facts);
    return "text" in packed ? Buffer.from(packed.text, "utf8").toString("base64") : packed.base64;
}

function sizeOf(text: string): number {
    return Buffer.byteLength(text, "utf8");
}

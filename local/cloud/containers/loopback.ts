import { createHash } from "node:crypto";

/**
 * The address of this machine at which ports of a simulated host are: each host has one of its own where all of 127.0.0.0/8 is this
 * machine (Linux), so that two hosts may have the same port taken; elsewhere they share one.
 */
export function addressOfHost(
    containerInstanceArn: string,
    platform: NodeJS.Platform = process.platform,
): string {
    if (platform !== "linux") {
        return "127.0.0.1";
    }
    const [first = 0, second = 0, third = 0] = createHash("sha256").update(containerInstanceArn).digest();
    return `127.${64 + (first % 64)}.${second}.${1 + (third % 254)}`;
}

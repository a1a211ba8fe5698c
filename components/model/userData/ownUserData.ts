import { gunzipSync, strFromU8 } from "fflate";
import { paths } from "./paths";

/** Whether user data, compressed or not, is what this program gives its hosts: it installs the bootstrap. */
export function isOwnUserData(userData: Uint8Array): boolean {
    return strFromU8(unpacked(userData)).includes(paths.bootstrap);
}

/** The cluster that such user data names. */
export function clusterInUserData(userData: Uint8Array): string | undefined {
    return /^ *CLUSTER=(\S+)$/m.exec(strFromU8(unpacked(userData)))?.[1];
}

function unpacked(userData: Uint8Array): Uint8Array {
    const isGzip = userData[0] === 0x1f && userData[1] === 0x8b;
    try {
        return isGzip ? gunzipSync(userData) : userData;
    } catch {
        return userData;
    }
}

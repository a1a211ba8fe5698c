import { gunzipSync, strFromU8 } from "fflate";
import { paths } from "./paths";

/** Whether user data, compressed or not, is what this program gives its hosts: it installs the bootstrap. */
export function isOwnUserData(userData: Uint8Array): boolean {
    return textOfUserData(userData).includes(paths.bootstrap);
}

/** The cluster that such user data names. */
export function ownClusterIn(userData: Uint8Array): string | undefined {
    return /^ *CLUSTER=([A-Za-z0-9_-]+)$/m.exec(textOfUserData(userData))?.[1];
}

/** User data as text; what cannot be unpacked is taken as it is (cloud-init, util.decomp_gzip). */
export function textOfUserData(userData: Uint8Array): string {
    const isGzip = userData[0] === 0x1f && userData[1] === 0x8b;
    try {
        return strFromU8(isGzip ? gunzipSync(userData) : userData);
    } catch {
        return strFromU8(userData);
    }
}

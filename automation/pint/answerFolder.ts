import path from "node:path";

import { cacheDirectory } from "../setup/cacheDirectory";
import { pintAddress } from "./imagesAddress";

/**
 * Folder of pint's last answers; undefined where they are of no use later: a pint on this machine is a local cloud's,
 * which begins anew at the same address with other images.
 */
export function answerFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
    const address = pintAddress(env);
    const host = URL.canParse(address) ? new URL(address).hostname : "";
    return /^(localhost|127\.[\d.]+|\[::1\])$/.test(host)
        ? undefined
        : path.join(cacheDirectory(env), "pint");
}

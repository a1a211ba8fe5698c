import path from "node:path";

import { findCacheDirectory, type Setup } from "./setup";

/**
 * Folder of the last answers of a service; undefined where they are of no use later: a service on this machine is a local
 * cloud's, which begins anew at the same address with other answers. Also where there is no place for them.
 */
export function answerFolderOf(env: Setup["env"], name: string, address: string): string | undefined {
    const host = URL.canParse(address) ? new URL(address).hostname : "";
    const cache = findCacheDirectory(env);
    return cache === undefined || /^(localhost|127\.[\d.]+|\[::1\])$/.test(host)
        ? undefined
        : path.join(cache, name);
}

import os from "node:os";
import path from "node:path";

/**
 * Folder of everything that the set-up fetches once for all checkouts of a person: `$SLES_ECS_CACHE`, else
 * `$XDG_CACHE_HOME/sles-ecs`, else `~/.cache/sles-ecs`.
 */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string {
    if (env["SLES_ECS_CACHE"]) {
        return path.resolve(env["SLES_ECS_CACHE"]);
    }
    // "If an implementation encounters a relative path in any of these variables it should consider the path
    // invalid and ignore it": XDG Base Directory Specification.
    const xdg = env["XDG_CACHE_HOME"];
    const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(env["HOME"] || os.homedir(), ".cache");
    return path.join(base, "sles-ecs");
}

import { gunzipSync, strFromU8 } from "fflate";

/**
 * The cluster that user data has a host join, by its last `ECS_CLUSTER`: as a line of /etc/ecs/ecs.config, or of what writes it.
 * Without any the agent joins `default` (SUSE's guide, "Alternative cluster name").
 * @param userData as EC2 gives it to the instance, compressed or not
 */
export function clusterNamedIn(userData: Uint8Array): string {
    const text = strFromU8(userData[0] === 0x1f && userData[1] === 0x8b ? gunzipSync(userData) : userData);
    const names = [...text.matchAll(/\bECS_CLUSTER\s*=\s*["']?([A-Za-z0-9_-]+)/g)];
    return names.at(-1)?.[1] ?? "default";
}

import type { ResolvedDockerStorage } from "./settings/resolved";

/**
 * Where docker keeps its data on one host. Settings may give a volume to some of the fixed hosts only; the others
 * keep the image's own store.
 * @param hostNumber from 1; undefined for hosts of a group, which are all alike
 */
export function storageOfHost(
    storage: ResolvedDockerStorage,
    hostNumber: number | undefined,
): ResolvedDockerStorage {
    const isLeftOut =
        storage.mode === "volume" && storage.hosts !== undefined && !storage.hosts.includes(hostNumber ?? 0);
    return isLeftOut ? { mode: "imageStore" } : storage;
}

import type { HostFacts, StorageFacts } from "./facts";

/**
 * The values of a host as `KEY=value` lines. This file is the only way that values reach the bootstrap: they
 * are read, never run, so none can turn into shell.
 * @throws RangeError when a value would not fit on its line.
 */
export function bootstrapConf(facts: HostFacts): string {
    const { clusterName, generation, storage, packages = [] } = facts;
    return keyValueLines({
        CLUSTER: clusterName,
        GENERATION: String(generation),
        STORAGE: storage.mode,
        ...storageValues(storage),
        DOCKER_OPTIONS: dockerOptions(facts),
        ...(packages.length > 0 && { PACKAGES: packages.join(" ") }),
    });
}

function storageValues(storage: StorageFacts): Record<string, string> {
    if (storage.mode !== "volume") {
        return {};
    }
    return storage.volumeId === undefined
        ? { VOLUME_DEVICE: storage.deviceName }
        : { VOLUME_ID: storage.volumeId, VOLUME_DEVICE: storage.deviceName };
}

/**
 * Docker's options about storage. Docker 23 and later choose overlay2 on btrfs unless told, and docker 29 another
 * place than /var/lib/docker unless it is given a driver of its own; on SLES 16 the image's store is what docker
 * chooses.
 */
function dockerOptions({ generation, storage }: HostFacts): string {
    switch (storage.mode) {
        case "imageStore":
            return generation === 16 ? "" : "--storage-driver=btrfs";
        case "volume":
            return "--storage-driver=btrfs";
        case "driver":
            return [
                `--storage-driver=${storage.driver}`,
                ...Object.entries(storage.options).map(([name, value]) => `--storage-opt=${name}=${value}`),
            ].join(" ");
    }
}

/** Writes lines that are split at their first `=`, as ECS's agent and the bootstrap do. */
export function keyValueLines(values: Readonly<Record<string, string>>): string {
    return Object.entries(values)
        .map(([key, value]) => {
            if (/[\r\n]/.test(value)) {
                throw new RangeError(`${key} takes a single line, got ${JSON.stringify(value)}`);
            }
            return `${key}=${value}\n`;
        })
        .join("");
}

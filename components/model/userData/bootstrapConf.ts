import type { HostFacts, StorageFacts } from "./facts";

/**
 * The values of a host as `KEY=value` lines. This file is the only way that values reach the bootstrap: they
 * are read, never run, so none can turn into shell.
 * @throws RangeError when a value would not fit on its line.
 */
export function bootstrapConf({ clusterName, generation, storage }: HostFacts): string {
    return keyValueLines({
        CLUSTER: clusterName,
        GENERATION: String(generation),
        STORAGE: storage.mode,
        ...storageValues(storage),
    });
}

function storageValues(storage: StorageFacts): Record<string, string> {
    switch (storage.mode) {
        case "imageStore":
            return {};
        case "volume":
            return storage.volumeId === undefined
                ? { VOLUME_DEVICE: storage.deviceName }
                : { VOLUME_ID: storage.volumeId, VOLUME_DEVICE: storage.deviceName };
        case "driver":
            return {
                DRIVER: storage.driver,
                DRIVER_OPTIONS: Object.entries(storage.options)
                    .map(([name, value]) => `${name}=${value}`)
                    .join(" "),
            };
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

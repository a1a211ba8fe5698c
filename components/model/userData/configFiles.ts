import { asciiJson } from "../agent/agentVariable";
import { capabilityValues, packagesOf, unitsOf } from "../capabilities/hostCapabilities";
import { agentValues } from "../agent/agentVariables";
import { attributeNames } from "../attributes";
import type { HostFacts, StorageFacts } from "./facts";

/**
 * The values of a host as `KEY=value` lines. This file is the only way that values reach the bootstrap: they
 * are read, never run, so none can turn into shell.
 * @throws RangeError when a value would not fit on its line.
 */
export function bootstrapConf(facts: HostFacts): string {
    const { clusterName, generation, storage, capabilities = {}, proxy } = facts;
    const packages = packagesOf(facts);
    const units = unitsOf(capabilities);
    return keyValueLines({
        CLUSTER: clusterName,
        GENERATION: String(generation),
        STORAGE: storage.mode,
        ...storageValues(storage),
        DOCKER_OPTIONS: dockerOptions(facts),
        ...(packages.length > 0 && { PACKAGES: packages.join(" ") }),
        ...(units.length > 0 && { UNITS: units.join(" ") }),
        ...capabilityValues(capabilities),
        ...(proxy !== undefined && { PROXY: proxy.address }),
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
function keyValueLines(values: Readonly<Record<string, string>>): string {
    return Object.entries(values)
        .map(([key, value]) => {
            if (/[\r\n]/.test(value)) {
                throw new RangeError(`${key} takes a single line, got ${JSON.stringify(value)}`);
            }
            return `${key}=${value}\n`;
        })
        .join("");
}

/**
 * The lines that the agent's configuration must have once the host is prepared. The agent splits them at the
 * first `=` and knows neither quotes nor escapes, so values stand as they are and JSON stays on one line
 * (amazon-ecs-agent, README).
 */
export function wantedAgentConfig({
    clusterName,
    generation,
    storage,
    agent = {},
    proxy,
}: HostFacts): string {
    const behind = proxy && { httpProxy: proxy.address, noProxy: [...proxy.noProxy] };
    return keyValueLines({
        ECS_CLUSTER: clusterName,
        ...agentValues({ ...agent, ...behind }),
        ECS_INSTANCE_ATTRIBUTES: asciiJson({
            ...agent.attributes,
            [attributeNames.dockerStorage]: storage.mode,
            [attributeNames.generation]: String(generation),
        }),
        // SLES 16 ships this line, since the agent fails under SELinux without it (SUSE's image recipes,
        // ecs-init-config-pid-namespace.sh).
        ...(generation === 16 ? { ECS_AGENT_PID_NAMESPACE_HOST: "true" } : {}),
    });
}

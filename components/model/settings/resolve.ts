import { filterFor, parseImageFilter } from "../images/imageFilter";
import { defaultAutoScalingMax, defaultRootVolumeGiB, defaults } from "./defaults";
import type {
    ResolvedDockerStorage,
    ResolvedHostImage,
    ResolvedHosts,
    ResolvedInstanceRole,
    ResolvedNetwork,
    ResolvedSettings,
} from "./resolved";
import type { Settings } from "./schema";

/**
 * Fills in every default. Settings must have passed the schema.
 * @throws RangeError when they have not.
 */
export function resolveSettings(settings: Settings, environment: string): ResolvedSettings {
    const dockerStorage = resolveDockerStorage(settings.dockerStorage);
    return {
        clusterName: settings.clusterName ?? environment,
        adoptCluster: settings.adoptCluster ?? defaults.adoptCluster,
        basedOn: settings.basedOn,
        hosts: resolveHosts(settings.hosts, dockerStorage),
        hostImage: resolveHostImage(settings.hostImage),
        dockerStorage,
        agent: settings.agent ?? {},
        instanceRole: resolveInstanceRole(settings.instanceRole),
        network: resolveNetwork(settings.network),
        tags: settings.tags ?? {},
    };
}

function resolveHosts(hosts: Settings["hosts"] = {}, storage: ResolvedDockerStorage): ResolvedHosts {
    const kind = {
        instanceType: hosts.instanceType ?? defaults.instanceType,
        rootVolumeGiB: hosts.rootVolumeGiB ?? defaultRootVolumeGiB(storage),
        keyName: hosts.keyName,
        packages: hosts.packages ?? [],
    };
    if (hosts.mode === "autoScaling") {
        const min = hosts.min ?? defaults.autoScalingMin;
        return {
            mode: "autoScaling",
            min,
            max: hosts.max ?? defaultAutoScalingMax(min, hosts.desired),
            desired: hosts.desired ?? min,
            ...kind,
        };
    }
    return { mode: "fixed", count: hosts.count ?? defaults.hostCount, ...kind };
}

function resolveHostImage(hostImage: Settings["hostImage"] = {}): ResolvedHostImage {
    const { lock } = hostImage;
    // A default that moves on to another service pack must not pull a locked environment along.
    const otherwise = lock === undefined ? defaults.hostImageFilter : filterFor(lock.name);
    const parsed = parseImageFilter(hostImage.filter ?? otherwise);
    if ("expected" in parsed) {
        throw new RangeError(`hostImage.filter is ${hostImage.filter}, expected ${parsed.expected}`);
    }
    return {
        ...parsed,
        lock,
        onDeletion: hostImage.onDeletion ?? defaults.onImageDeletion,
        deletionNoticeDays: hostImage.deletionNoticeDays ?? defaults.deletionNoticeDays,
    };
}

function resolveDockerStorage(storage: Settings["dockerStorage"] = {}): ResolvedDockerStorage {
    switch (storage.mode) {
        case undefined:
        case "imageStore":
            return { mode: "imageStore" };
        case "volume":
            return {
                mode: "volume",
                sizeGiB: storage.sizeGiB ?? defaults.volumeSizeGiB,
                type: storage.type ?? defaults.volumeType,
                throughputMiBps: storage.throughputMiBps,
                iops: storage.iops,
                kmsKeyId: storage.kmsKeyId,
                hosts: storage.hosts,
                keepOnDestroy: storage.keepOnDestroy ?? defaults.keepOnDestroy,
            };
        case "driver":
            return {
                mode: "driver",
                driver: storage.driver,
                options: Object.fromEntries(
                    Object.entries(storage.options ?? {}).map(([name, value]) => [name, String(value)]),
                ),
            };
    }
}

function resolveInstanceRole(role: Settings["instanceRole"] = {}): ResolvedInstanceRole {
    if (role.mode === "existing") {
        return { mode: "existing", instanceProfileName: role.instanceProfileName };
    }
    return {
        mode: "create",
        name: role.name,
        policy: role.policy ?? defaults.instanceRolePolicy,
    };
}

function resolveNetwork(network: Settings["network"] = {}): ResolvedNetwork {
    switch (network.mode) {
        case undefined:
        case "default":
            return { mode: "default" };
        case "existing":
            return {
                mode: "existing",
                subnetIds: network.subnetIds,
                securityGroupIds: network.securityGroupIds,
            };
        case "create":
            return {
                mode: "create",
                cidrBlock: network.cidrBlock ?? defaults.cidrBlock,
                zones: network.zones ?? defaults.zones,
                subnets: network.subnets ?? defaults.subnets,
            };
    }
}

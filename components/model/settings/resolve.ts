import type { OfficeHours } from "../hours";
import { defaults } from "./defaults";
import type { AgentSettings, Settings } from "./settings.generated";
import { resolveCapabilities, type ResolvedCapabilities } from "./sections/capabilities";
import { resolveContainerRegistry, type ResolvedContainerRegistry } from "./sections/containerRegistry";
import { resolveDockerStorage, type ResolvedDockerStorage } from "./sections/dockerStorage";
import { resolveHostImage, type ResolvedHostImage } from "./sections/hostImage";
import { resolveHosts, type ResolvedHosts } from "./sections/hosts";
import { resolveHours } from "./sections/hours";
import { resolveInstanceRole, type ResolvedInstanceRole } from "./sections/instanceRole";
import { resolveLease, type ResolvedLease } from "./sections/lease";
import { resolveNetwork, type ResolvedNetwork } from "./sections/network";
import { resolveProxy, type ResolvedProxy } from "./sections/proxy";

/** Settings with every default filled in: the only form that components take. */
export interface ResolvedSettings {
    readonly clusterName: string;
    readonly adoptCluster: boolean;
    /** Environment these settings were copied from; missing unless the environment is a personal one. */
    readonly basedOn?: string;
    readonly hosts: ResolvedHosts;
    readonly hostImage: ResolvedHostImage;
    readonly dockerStorage: ResolvedDockerStorage;
    /** As written: what is missing is the agent's to decide. */
    readonly agent: AgentSettings;
    /** Those that are wanted. */
    readonly capabilities: ResolvedCapabilities;
    readonly instanceRole: ResolvedInstanceRole;
    readonly network: ResolvedNetwork;
    /** Missing: hosts go out directly. */
    readonly proxy?: ResolvedProxy;
    /** Missing: it has no repositories. */
    readonly containerRegistry?: ResolvedContainerRegistry;
    /** Missing: the environment stays. */
    readonly lease?: ResolvedLease;
    /** Missing: the hosts run all the time. */
    readonly hours?: OfficeHours;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Fills in every default. Settings must have passed the schema.
 * @throws RangeError when they have not.
 */
export function resolveSettings(settings: Settings, environment: string): ResolvedSettings {
    const dockerStorage = resolveDockerStorage(settings.dockerStorage);
    const clusterName = settings.clusterName ?? environment;
    const adoptCluster = settings.adoptCluster ?? defaults.adoptCluster;
    // Several environments may have one adopted cluster.
    const logGroupName = `/ecs/${clusterName}${adoptCluster ? `/${environment}` : ""}`;
    return {
        clusterName,
        adoptCluster,
        basedOn: settings.basedOn,
        hosts: resolveHosts(settings.hosts, dockerStorage),
        hostImage: resolveHostImage(settings.hostImage),
        dockerStorage,
        agent: settings.agent ?? {},
        capabilities: resolveCapabilities(settings.capabilities, logGroupName),
        instanceRole: resolveInstanceRole(settings.instanceRole),
        network: resolveNetwork(settings.network),
        proxy: resolveProxy(settings.proxy),
        containerRegistry: resolveContainerRegistry(settings.containerRegistry),
        lease: resolveLease(settings.lease),
        hours: resolveHours(settings.hours),
        tags: settings.tags ?? {},
    };
}

import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedSettings } from "../model/settings";
import type { Ownership } from "../model/tags";
import { guardClusterName, type AdoptedCluster } from "./clusterNameGuard";
import { lookUpHostImage, type FoundHostImage } from "./hostImage";
import { lookUpLocation, type Location } from "./location";
import { lookUpNetwork, type NetworkFacts } from "./networkFacts";
import { lookUpOfferedZones } from "./offeredZones";

/** What AWS says, asked before anything is made. */
export interface Facts {
    readonly location: Location;
    readonly adoptedCluster: AdoptedCluster | undefined;
    readonly hostImage: FoundHostImage;
    /** What people should know before hosts are made; whole messages. */
    readonly warnings: readonly string[];
    readonly network: NetworkFacts;
    /** Zones of the network that offer the hosts' instance type. */
    readonly offeredZones: ReadonlySet<string>;
}

/**
 * Asks AWS for everything that decides the shape of an environment, and refuses what cannot work. Reads only.
 * @throws RunError for what a person can mend
 */
export async function lookUpFacts(
    settings: ResolvedSettings,
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<Facts> {
    const { clusterName, adoptCluster } = settings;
    const { instanceType } = settings.hosts;
    const [adoptedCluster, location, { image: hostImage, warnings }, network] = await Promise.all([
        guardClusterName({ clusterName, adoptCluster, stack: owner.stack }, options),
        lookUpLocation(options),
        lookUpHostImage(settings, owner, options),
        lookUpNetwork(settings.network, options),
    ]);
    const zones = network.mode === "create" ? network.zoneNames : network.subnets.map(({ zone }) => zone);
    const offeredZones = await lookUpOfferedZones(instanceType, zones, options);
    return { location, adoptedCluster, hostImage, warnings, network, offeredZones };
}

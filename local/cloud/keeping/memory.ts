import type { Cloud, KeptSchedules } from "../cloud";
import type { KeptEcs } from "../ecs/state";
import type { KeptHost } from "./keptHost";
import { copyMaps, pick } from "./pick";

const lasting = [
    "volumes",
    "ailments",
    "badImages",
    "ebsKeys",
    "failedLaunches",
    "lifecycleActions",
    "launches",
] as const;

/** What the local cloud remembers of what moto knows nothing of, and what outlives a stop of it. */
export interface KeptMemory extends Readonly<Pick<Cloud, (typeof lasting)[number]>> {
    readonly ecs: KeptEcs;
    readonly hosts: readonly KeptHost[];
    readonly schedules: KeptSchedules;
    readonly registry: boolean;
}

/** Sessions, uploads, commands and tasks end with the cloud. */
export function keepMemory(cloud: Cloud): KeptMemory {
    return {
        ...pick(cloud, lasting),
        ecs: cloud.ecs.keep(),
        hosts: cloud.hosts.keep(),
        schedules: cloud.schedules.keep(),
        registry: cloud.registry.keep(),
    };
}

/** As after a loss of power: hosts boot again, and services start their tasks once they are there. */
export async function bringBackMemory(cloud: Cloud, kept: KeptMemory): Promise<void> {
    copyMaps(kept, cloud, lasting);
    cloud.registry.bringBack(kept.registry);
    cloud.ecs.bringBack(kept.ecs);
    cloud.hosts.bringBack(kept.hosts);
    await cloud.schedules.bringBack(kept.schedules);
}

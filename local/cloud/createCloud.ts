import { HostSimulator } from "../hosts/effects/hostSimulator";
import { VolumeContents } from "../hosts/effects/volumeContents";
import { AutoScalingState } from "./autoScaling/state";
import type { Cloud } from "./cloud";
import { reconcileServices } from "./ecs/serviceScheduler";
import { EcsState } from "./ecs/state";
import type { Forwarder } from "./front/forward";
import { KeyedLock } from "./keyedLock";
import type { MotoClients } from "./moto/motoClients";
import { seedNetwork } from "./moto/seedNetwork";
import { resolveLocalSettings } from "./settings";
import type { LocalSettings, LocalSettingsChange } from "./settings";
import { Timers } from "./timers";

/** The local cloud with the handles that only its own controls use. */
export interface ControlledCloud {
    readonly cloud: Cloud;
    readonly simulator: HostSimulator;
    readonly volumes: VolumeContents;
    change(settings: LocalSettingsChange): LocalSettings;
    /** Brings everything back to an empty account. Settings stay. */
    reset(): Promise<void>;
}

/** Puts the parts of the local cloud together. */
export function createCloud(
    moto: MotoClients,
    forwarder: Forwarder,
    initialSettings: LocalSettingsChange,
    report: (error: unknown) => void,
): ControlledCloud {
    let change = initialSettings;
    let settings = resolveLocalSettings(change);
    const regions = new Map<string, Promise<void>>();
    const parts = {
        moto,
        ecs: new EcsState((clusterArn) => {
            reconcileServices(cloud, clusterArn);
        }),
        autoScaling: new AutoScalingState(),
        timers: new Timers(report),
        locks: new KeyedLock(),
        forward: (call: Parameters<Cloud["forward"]>[0]) => forwarder.buffered(call),
        prepareRegion: (region: string) => {
            const prepared = regions.get(region) ?? seedNetwork(moto.ec2(region));
            regions.set(region, prepared);
            prepared.catch(() => regions.delete(region));
            return prepared;
        },
        get settings() {
            return settings;
        },
    };
    const volumes = new VolumeContents();
    const simulator = new HostSimulator(parts, volumes);
    const cloud: Cloud = Object.assign(parts, { hosts: simulator });
    return {
        cloud,
        simulator,
        volumes,
        change: (next) => {
            change = { ...change, ...next };
            settings = resolveLocalSettings(change);
            return settings;
        },
        reset: async () => {
            cloud.timers.clear();
            await simulator.clear();
            volumes.clear();
            cloud.ecs.clear();
            cloud.autoScaling.clear();
            regions.clear();
            await moto.reset();
        },
    };
}

import type { AutoScalingState } from "./autoScaling/state";
import type { EcsState } from "./ecs/state";
import type { Answer } from "./front/answer";
import type { Call } from "./front/call";
import type { KeyedLock } from "./keyedLock";
import type { MotoClients } from "./moto/motoClients";
import type { LocalSettings } from "./settings";
import type { Timers } from "./timers";

/** What the front tells the host simulator, which runs the hosts behind the instances that moto records. */
export interface HostEvents {
    /** Instances were launched, or started again. */
    started(region: string, instanceIds: readonly string[]): void;
    rebooted(region: string, instanceIds: readonly string[]): void;
    stopped(region: string, instanceIds: readonly string[]): void;
    terminated(region: string, instanceIds: readonly string[]): void;
    /** Something changed that a waiting host may have waited for. */
    worldChanged(): void;
    /** What the host wrote to its console; missing for instances the simulator does not know. */
    consoleOutput(instanceId: string): string | undefined;
}

/** The local cloud as its parts see it. */
export interface Cloud {
    readonly moto: MotoClients;
    readonly ecs: EcsState;
    readonly autoScaling: AutoScalingState;
    readonly hosts: HostEvents;
    readonly timers: Timers;
    /** One change at a time for each group, volume or cluster. */
    readonly locks: KeyedLock;
    readonly settings: LocalSettings;
    /** Makes a region's default network what it is on AWS, when the region is used for the first time. */
    prepareRegion(region: string): Promise<void>;
    /** Passes a call to moto as it is. */
    forward(call: Call): Promise<Answer>;
}

/** What is needed to register hosts with clusters. */
export type RegistryParts = Pick<Cloud, "moto" | "ecs">;

/** Answers calls of one action. @throws AwsError for what AWS would refuse */
export type Handler = (call: Call, cloud: Cloud) => Promise<Answer>;

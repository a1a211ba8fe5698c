import type { VolumeContent } from "../hosts/decide/hostFacts";
import type { EcsState } from "./ecs/state";
import type { ApiRequest } from "./front/apiRequest";
import type { ApiResponse } from "./front/apiResponse";
import type { HostSimulator } from "./hosts/hostSimulator";
import type { KeyedLock } from "./keyedLock";
import type { MotoClients } from "./moto/motoClients";
import type { LocalSettings } from "./settings";
import type { Timers } from "./timers";

/** The local cloud as its parts see it. */
export interface Cloud {
    readonly moto: MotoClients;
    readonly ecs: EcsState;
    readonly hosts: HostSimulator;
    /** What is on volumes, by their ids; it outlives the hosts that wrote it. Blank volumes are missing. */
    readonly volumes: Map<string, VolumeContent>;
    readonly timers: Timers;
    /** One change at a time for each group, volume or cluster. */
    readonly locks: KeyedLock;
    readonly settings: LocalSettings;
    /** Makes a region's default network what it is on AWS, when the region is used for the first time. */
    prepareRegion(region: string): Promise<void>;
    /** Passes a request to moto as it is. */
    forward(request: ApiRequest): Promise<ApiResponse>;
    /** Takes errors that are nobody's input: bugs, moto failing, or what happened while nobody waited. */
    readonly report: (error: unknown) => void;
}

/** Answers requests for one action. @throws AwsError for what AWS would refuse */
export type Handler = (request: ApiRequest, cloud: Cloud) => Promise<ApiResponse>;

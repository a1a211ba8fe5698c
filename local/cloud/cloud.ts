import type { ScriptAnswer } from "../hosts/commands/hostCommand";
import type { HostFaults, VolumeContent } from "../hosts/decide/hostFacts";
import type { RegistryAccess } from "./containers/pullImage";
import type { ContainerRuntime } from "./containers/runtime";
import type { ImageAilment } from "./containers/imageAilment";
import type { LayerUpload, LocalRegistry } from "./ecr/localRegistry";
import type { EcsState } from "./ecs/state";
import type { ApiRequest } from "./front/apiRequest";
import type { ApiResponse } from "./front/apiResponse";
import type { KeyedLock } from "./keyedLock";
import type { MotoClients } from "./moto/motoClients";
import type { LocalSettings } from "./settings";
import type { WaitingSession } from "./sessions/containerSession";
import type { KeptHost } from "./keeping/keptHost";
import type { Settling } from "./settling";
import type { Timers } from "./timers";

/** The hosts behind the instances that moto records, as the front sees their simulator. */
export interface Hosts {
    /** Instances were launched, or started again. */
    started(region: string, instanceIds: readonly string[]): void;
    rebooted(instanceIds: readonly string[]): void;
    stopped(instanceIds: readonly string[]): void;
    /** The agent of an instance stops; its instance runs on. */
    agentStopped(instanceId: string): void;
    /** Somebody took an instance's host out of its cluster. */
    deregistered(instanceId: string): void;
    terminated(instanceIds: readonly string[]): void;
    /** Something changed that a waiting host may have waited for. */
    worldChanged(): void;
    /** Those instances of a region that Systems Manager knows, with its word for how it reaches them. */
    managed(region: string): Promise<readonly ManagedHost[]>;
    /** Gives a script to a host that Systems Manager reaches. @returns what has become of it, whenever it is asked */
    runScript(instanceId: string, text: string): () => ScriptAnswer;
    /** What the host wrote to its console; missing for instances that are not simulated. */
    consoleOutput(instanceId: string): string | undefined;
    /** What `GET /_local/hosts` shows. */
    list(): readonly object[];
    /** What outlives a loss of power. */
    keep(): readonly KeptHost[];
    /** Those that ran boot again. */
    bringBack(kept: readonly KeptHost[]): void;
    /** Forgets all hosts, once nothing is under way for any of them. Timers are the caller's to clear. */
    clear(): Promise<void>;
}

/** What people can let go wrong with an instance (`POST /_local/hosts/<id>`). */
export interface Ailment extends HostFaults {
    /** The status check that finds it impaired. */
    readonly impaired?: "system" | "instance";
    /** From its next boot on nothing can be written on its root disk. */
    readonly rootDisk?: "full";
    /** Its agent stops, until its next boot. */
    readonly agent?: "stopped";
}

/** A host as Systems Manager knows it. */
export interface ManagedHost {
    readonly instanceId: string;
    readonly pingStatus: "Online" | "ConnectionLost";
    readonly platform: string;
}

/** A script that hosts were given by Systems Manager. */
export interface SentCommand {
    readonly region: string;
    readonly comment: string;
    readonly requestedAt: Date;
    /** By instance. */
    readonly answers: ReadonlyMap<string, () => ScriptAnswer>;
}

/** A launch by its token: what was asked, and what was answered. */
export interface TokenLaunch {
    readonly asked: string;
    readonly response: ApiResponse;
}

/** What is known of schedules beside what moto keeps of them. */
export interface KeptSchedules {
    readonly regions: readonly string[];
    /** One-time schedules that were done, by ARN and expression. */
    readonly done: ReadonlySet<string>;
    /** Up to which time recurring ones were done, by the same. */
    readonly seen: ReadonlyMap<string, number>;
}

/** What does what schedules say. */
export interface Schedules {
    /** Those of the region may have changed. */
    changed(region: string): Promise<void>;
    /** The local cloud's clock may have been moved. */
    clockChanged(): Promise<void>;
    keep(): KeptSchedules;
    bringBack(kept: KeptSchedules): Promise<void>;
    clear(): void;
}

/** Load balancers that answer, by their ARNs. */
export interface Balancers {
    /** Where one answers, which begins with the first question. */
    addressOf(arn: string): Promise<string>;
    remove(arn: string): void;
    clear(): void;
}

/** Where docker reaches the registry: an address a region. */
export interface RegistryDoors {
    /** Such as `http://127.0.0.1:40123`. */
    endpoint(region: string): Promise<string>;
    /** The same without its scheme, and a new token for it, with its end in seconds since 1970. */
    access(region: string): Promise<RegistryAccess & { readonly expiresAt: number }>;
    close(): void;
}

/** The local cloud as its parts see it. */
export interface Cloud {
    readonly moto: MotoClients;
    readonly ecs: EcsState;
    readonly hosts: Hosts;
    /** What runs the containers of tasks. */
    readonly containers: ContainerRuntime;
    /** Load balancers that answer, where containers really run. */
    readonly balancers: Balancers;
    /** What becomes of containers of images because somebody has asked for it, by their references. */
    readonly badImages: Map<string, ImageAilment>;
    /** What is on volumes, by their ids; it outlives the hosts that wrote it. Blank volumes are missing. */
    readonly volumes: Map<string, VolumeContent>;
    /** What is wrong with instances because somebody has asked for it, by their ids. */
    readonly ailments: Map<string, Ailment>;
    /** Default keys for EBS that are not AWS's own, by region. */
    readonly ebsKeys: Map<string, string>;
    /** Why the last launch of a group failed, by `<region> <group>`. */
    readonly failedLaunches: Map<string, string>;
    /** Names of the hooks that hold up the termination of a member, by the id of its instance. */
    readonly lifecycleActions: Map<string, Set<string>>;
    /** What was made of EC2's by client tokens: instances, volumes, parts of networks. */
    readonly launches: Map<string, TokenLaunch>;
    /** Commands of Systems Manager by their ids. */
    readonly commands: Map<string, SentCommand>;
    /** What keeps the images of ECR's repositories. */
    readonly registry: LocalRegistry;
    readonly registryDoors: RegistryDoors;
    /** When tokens for it expire, in seconds of Unix time, by their password. */
    readonly registryTokens: Map<string, number>;
    /** Layers that are on their way, by the id of the upload. */
    readonly layerUploads: Map<string, LayerUpload>;
    /** Ids of sessions of Systems Manager that nobody has ended. */
    readonly sessions: Set<string>;
    /** Sessions in containers that were given out, and not taken up yet, by their ids. */
    readonly waitingSessions: Map<string, WaitingSession>;
    readonly timers: Timers;
    /** Does what EventBridge Scheduler's schedules say when it is time. */
    readonly schedules: Schedules;
    /** One change at a time for each group, volume or cluster. */
    readonly locks: KeyedLock;
    readonly settings: LocalSettings;
    readonly settling: Settling;
    /** Makes a region's default network what it is on AWS, when the region is used for the first time. */
    prepareRegion(region: string): Promise<void>;
    /** Passes a request to moto as it is. */
    forward(request: ApiRequest): Promise<ApiResponse>;
    /** Takes errors that are nobody's input: bugs, moto failing, or what happened while nobody waited. */
    readonly report: (error: unknown) => void;
}

/** Answers requests for one action. @throws AwsError for what AWS would refuse */
export type Handler = (request: ApiRequest, cloud: Cloud) => Promise<ApiResponse>;

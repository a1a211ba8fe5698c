import type { AgentSettings } from "../agent/agentVariables";
import type { SlesGeneration } from "../images/hostImageName";
import type { ImageLock } from "../images/imageLock";
import type { EbsVolumeType } from "./ebsLimits";

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
    readonly instanceRole: ResolvedInstanceRole;
    readonly network: ResolvedNetwork;
    readonly tags: Readonly<Record<string, string>>;
}

interface ResolvedHostKind {
    readonly instanceType: string;
    readonly rootVolumeGiB: number;
    readonly keyName?: string;
    /** zypper packages to install. */
    readonly packages: readonly string[];
}
export interface ResolvedFixedHosts extends ResolvedHostKind {
    readonly mode: "fixed";
    readonly count: number;
}
export interface ResolvedAutoScalingHosts extends ResolvedHostKind {
    readonly mode: "autoScaling";
    readonly min: number;
    readonly max: number;
    readonly desired: number;
}
export type ResolvedHosts = ResolvedFixedHosts | ResolvedAutoScalingHosts;

export interface ResolvedHostImage {
    readonly filter: string;
    /** The SLES generation that the filter names and every match must have. */
    readonly generation: SlesGeneration;
    /** Missing until the first `sles-ecs up`. */
    readonly lock?: ImageLock;
    readonly onDeletion: "refuse" | "warn";
    readonly deletionNoticeDays: number;
}

interface ResolvedImageStore {
    readonly mode: "imageStore";
}
export interface ResolvedDockerVolume {
    readonly mode: "volume";
    readonly sizeGiB: number;
    readonly type: EbsVolumeType;
    readonly throughputMiBps?: number;
    readonly iops?: number;
    readonly kmsKeyId?: string;
    /** Numbers of the fixed hosts that get one; missing: all hosts. */
    readonly hosts?: readonly number[];
    readonly keepOnDestroy: boolean;
}
interface ResolvedDockerDriver {
    readonly mode: "driver";
    readonly driver: string;
    /** Option name to value, each passed to docker as --storage-opt. */
    readonly options: Readonly<Record<string, string>>;
}
export type ResolvedDockerStorage = ResolvedImageStore | ResolvedDockerVolume | ResolvedDockerDriver;

export interface ResolvedCreatedRole {
    readonly mode: "create";
    /** Missing: a name that carries environment and region. */
    readonly name?: string;
    readonly policy: "leastPrivilege" | "suse" | "awsManaged";
}
interface ResolvedExistingRole {
    readonly mode: "existing";
    readonly instanceProfileName: string;
}
export type ResolvedInstanceRole = ResolvedCreatedRole | ResolvedExistingRole;

interface ResolvedDefaultNetwork {
    readonly mode: "default";
}
export interface ResolvedExistingNetwork {
    readonly mode: "existing";
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}
export interface ResolvedCreatedNetwork {
    readonly mode: "create";
    readonly cidrBlock: string;
    readonly zones: number;
    readonly subnets: "public" | "private";
}
export type ResolvedNetwork = ResolvedDefaultNetwork | ResolvedExistingNetwork | ResolvedCreatedNetwork;

/**
 * Where docker keeps its data on one host. Settings may give a volume to some of the fixed hosts only; the others
 * keep the image's own store.
 * @param hostNumber from 1; undefined for hosts of a group, which are all alike
 */
export function storageOfHost(
    storage: ResolvedDockerStorage,
    hostNumber: number | undefined,
): ResolvedDockerStorage {
    const isLeftOut =
        storage.mode === "volume" && storage.hosts !== undefined && !storage.hosts.includes(hostNumber ?? 0);
    return isLeftOut ? { mode: "imageStore" } : storage;
}

import type { UserDataFacts } from "../userData/userDataFacts";
import type { NetworkFacts } from "./network";
import type { PolicyDocument } from "./policy";

/** What is on a volume, as blkid sees it. */
export interface VolumeContent {
    /** Type, such as `btrfs` or `LVM2_member`; `partition table`, or empty for a blank volume. */
    readonly signature: string;
    /** Name of the file system. */
    readonly label?: string;
}

/** What the bootstrap leaves on a blank volume. */
export const formatted: VolumeContent = { signature: "btrfs", label: "sles-ecs-docker" };

export interface VolumeFacts {
    readonly volumeId: string;
    /** Name it was attached under, such as `/dev/sdf`. */
    readonly deviceName: string;
    readonly content: VolumeContent;
}

/** Where the host's AWS credentials come from. */
export type RoleFacts =
    | { readonly kind: "none" }
    | { readonly kind: "unusable"; readonly why: string }
    | {
          readonly kind: "role";
          readonly roleName: string;
          readonly policies: readonly PolicyDocument[];
          /** What the role may do at most; missing where nothing bounds it. */
          readonly boundary?: PolicyDocument;
      };

/** What is wrong with a host because somebody has asked for it, and only its own logs tell. */
export interface HostFaults {
    readonly docker?: "broken";
    /** Nothing can be written any more where docker keeps its data. */
    readonly dockerDisk?: "full";
    readonly clock?: "slow";
    /** The metadata service gives none, although the role is as it should be. */
    readonly credentials?: "none";
    readonly pauseImage?: "broken";
    /** ECS does not take the host in, for a reason of its own. */
    readonly registration?: "refused";
    /** Nobody answers where the bootstrap downloads what capabilities need. */
    readonly capabilityDownloads?: "unreachable";
    /** The version of its agent, from before ECS Exec. @default - today's */
    readonly agentVersion?: "1.49.0";
}

/** Everything a host's boot depends on, as found when it matters. */
export interface HostFacts {
    readonly instanceId: string;
    readonly region: string;
    readonly accountId: string;
    readonly imageId: string;
    readonly imageName: string;
    readonly instanceType: string;
    /** What docker sees of it. */
    readonly memoryMiB: number;
    readonly zone: string;
    readonly subnetId: string;
    readonly vpcId: string;
    readonly privateDnsName: string;
    readonly userData: UserDataFacts;
    readonly role: RoleFacts;
    readonly network: NetworkFacts;
    /** Attached volumes without the root volume. */
    readonly volumes: readonly VolumeFacts[];
    /** Nothing can be written on the root disk any more. */
    readonly rootDiskIsFull: boolean;
    readonly faults?: HostFaults;
    /** Clusters that are ACTIVE, among those the host could ask for. */
    readonly activeClusters: readonly string[];
    /** What is left of earlier boots. */
    readonly memory: HostMemory;
    /** The host gave up waiting for its volume, or for the agent's download. */
    readonly patience: { readonly volumeOver: boolean; readonly downloadOver: boolean };
}

export interface HostMemory {
    /** How often the instance was started before. */
    readonly earlierBoots: number;
    /** Cluster in the agent's own state, /var/lib/ecs/data. */
    readonly registeredCluster?: string;
    /** Names of the capabilities that the bootstrap has installed files for. @default - none */
    readonly installed?: readonly string[];
    /** Cluster that the bootstrap has written down for that state. */
    readonly recordedCluster?: string;
}

import type { HostFacts } from "../../../components/model/userData";
import type { DiskFacts } from "../machine/disks";
import type { AgentUnit } from "../machine/rootDisk";

/**
 * Every host that the tests boot, as plain data: what it is, what it meets, and how it has to end. The same table
 * can be put to anything else that decides how a host boots.
 */
export interface HostCase {
    readonly name: string;
    readonly facts: HostFacts;
    /** The form of SUSE's unit for the agent. @default - what SUSE builds for the generation */
    readonly agentUnit?: AgentUnit;
    /** Volumes beside the root disk; none unless said. */
    readonly disks?: readonly DiskFacts[];
    /** What the agent remembers from an earlier life. */
    readonly agentMemory?: { readonly registeredCluster: string };
    readonly network?: {
        /** Seconds from the host's start until S3 can be reached; 0 unless said. */
        readonly s3ReachableAfterSeconds?: number;
        /** S3 and ECS are reached by the proxy alone, which stands at 10.0.0.10:3128. */
        readonly isBehindProxy?: boolean;
        /** Nothing of it is ever reached, and the agent tries on: a boot is over with its last step. */
        readonly isDown?: boolean;
        /** Nobody answers where capabilities come from. */
        readonly isWithoutCapabilities?: boolean;
    };
    /** The boot in which the root disk has no room left: 1 for the first. */
    readonly bootWithFullRootDisk?: number;
    /** SUSE's update servers: how long a registration takes them, and which packages they have. */
    readonly updateServers?: { readonly registerAfterSeconds: number; readonly packages: readonly string[] };
    /** Disks show the names that they are attached under, and none is an NVMe disk. */
    readonly isXen?: boolean;
    /** How often the host boots, with an orderly shutdown in between; once unless said. */
    readonly boots?: number;
    /** Between the boots the host is replaced: a new root disk, the same volumes, on which docker has images. */
    readonly isReplaced?: boolean;
    /** Shortens the wait for a volume: a substitution in the rendered text, for tests only. */
    readonly volumeWaitSeconds?: number;
    readonly expected: Verdict;
}

/** How the last boot of a host ends. */
export interface Verdict {
    readonly outcome: "registered" | "notRegistered";
    /** What docker keeps its data on. */
    readonly storage?: { readonly driver: string; readonly on: "imageStore" | "volume" | "rootDisk" };
    /** Volumes that were formatted in any of the boots. */
    readonly formatted: readonly string[];
    /** What the boot log says. */
    readonly reason?: RegExp;
}

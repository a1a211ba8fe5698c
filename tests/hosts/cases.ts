import { slesGenerations } from "../../components/model/images/generation";
import type { HostFacts, StorageFacts } from "../../components/model/userData";
import type { DiskFacts } from "./machine/disks";

/**
 * Every host that the tests boot, as plain data: what it is, what it meets, and how it has to end. The same table
 * can be put to anything else that decides how a host boots.
 */
export interface HostCase {
    readonly name: string;
    readonly facts: HostFacts;
    /** Volumes beside the root disk; none unless said. */
    readonly disks?: readonly DiskFacts[];
    /** What the agent remembers from an earlier life. */
    readonly agentMemory?: { readonly registeredCluster: string };
    readonly network?: {
        /** Seconds from the host's start until S3 can be reached; 0 unless said. */
        readonly s3ReachableAfterSeconds?: number;
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
    /** What the boot log says where the host does not come up. */
    readonly reason?: RegExp;
}

export const volumeId = "vol-0123456789abcdef0";
const otherVolumeId = "vol-0fedcba9876543210";
const imageStore: StorageFacts = { mode: "imageStore" };
const volume: StorageFacts = { mode: "volume", volumeId, deviceName: "/dev/sdf" };
const groupVolume: StorageFacts = { mode: "volume", deviceName: "/dev/sdf" };
const overlay: StorageFacts = {
    mode: "driver",
    driver: "overlay2",
    options: { "overlay2.override_kernel_check": "true" },
};

const blank: DiskFacts = { volumeId, deviceName: "/dev/sdf", content: "blank" };
const other: DiskFacts = { volumeId: otherVolumeId, deviceName: "/dev/sdg", content: "blank" };

const onVolume = (formatted: readonly string[] = [volumeId]): Verdict => ({
    outcome: "registered",
    storage: { driver: "btrfs", on: "volume" },
    formatted,
});
const onOverlay: Verdict = {
    outcome: "registered",
    storage: { driver: "overlay2", on: "rootDisk" },
    formatted: [],
};
const refused = (reason: RegExp): Verdict => ({ outcome: "notRegistered", formatted: [], reason });
const facts = (changes: Partial<HostFacts> = {}): HostFacts => ({
    clusterName: "dev",
    generation: 15,
    storage: imageStore,
    ...changes,
});

/** The image's own store: a file that is mounted on SLES 12 and 15, a folder of the btrfs root on 16. */
function onImageStore(generation: HostFacts["generation"]): Verdict {
    const on = generation === 16 ? "rootDisk" : "imageStore";
    return { outcome: "registered", storage: { driver: "btrfs", on }, formatted: [] };
}

/** Each generation on each storage. */
export const matrixCases: readonly HostCase[] = slesGenerations.flatMap((generation) => [
    {
        name: `SLES ${generation} on the image's own store`,
        facts: facts({ generation }),
        expected: onImageStore(generation),
    },
    {
        name: `SLES ${generation} on a volume of its own`,
        facts: facts({ generation, storage: volume }),
        disks: [blank],
        expected: onVolume(),
    },
    {
        name: `SLES ${generation} with a driver of choice`,
        facts: facts({ generation, storage: overlay }),
        expected: onOverlay,
    },
]);

const withVolume = (name: string, changes: Partial<HostCase>): HostCase => ({
    name,
    facts: facts({ storage: volume }),
    disks: [blank],
    expected: onVolume(),
    ...changes,
});
const holding = (content: DiskFacts["content"]) => ({ disks: [{ ...blank, content }] });

/** What a volume may hold, and when and how it comes. */
export const volumeCases: readonly HostCase[] = [
    withVolume("a volume that is attached after 60 s", { disks: [{ ...blank, attachedAfterSeconds: 60 }] }),
    withVolume("a volume that is never attached", {
        disks: [{ ...blank, attachedAfterSeconds: "never" }],
        volumeWaitSeconds: 8,
        expected: refused(/was not attached/),
    }),
    withVolume("a volume that is ours already", { ...holding("ours"), expected: onVolume([]) }),
    withVolume("a volume with an ext4", { ...holding("ext4"), expected: refused(/carries ext4/) }),
    withVolume("a volume with a btrfs of another", {
        ...holding("foreignBtrfs"),
        expected: refused(/btrfs of another label/),
    }),
    withVolume("a volume that belongs to LVM", {
        ...holding("lvm"),
        expected: refused(/carries LVM2_member/),
    }),
    withVolume("a volume with a partition table", {
        ...holding("partitionTable"),
        expected: refused(/carries a partition table/),
    }),
    withVolume("its volume among two, by id", { disks: [{ ...other, content: "ext4" }, blank] }),
    withVolume("its volume among two blank ones, by the name it is attached under", {
        facts: facts({ storage: groupVolume, generation: 16 }),
        disks: [other, blank],
    }),
    withVolume("a group's volume on Xen, where it is /dev/xvdf", {
        facts: facts({ storage: groupVolume }),
        disks: [blank, { ...other, content: "ext4" }],
        isXen: true,
    }),
    withVolume("a host that is replaced: docker's images survive", { boots: 2, isReplaced: true }),
];

/** What else a host may meet. */
export const hostCases: readonly HostCase[] = [
    {
        name: "a cluster that is called default",
        facts: facts({ clusterName: "default" }),
        expected: onImageStore(15),
    },
    {
        name: "a cluster with a name of its own on SLES 16",
        facts: facts({ clusterName: "Team_a-2026", generation: 16 }),
        expected: onImageStore(16),
    },
    {
        name: "an agent that is registered in another cluster already",
        facts: facts(),
        agentMemory: { registeredCluster: "old" },
        expected: onImageStore(15),
    },
    {
        name: "an agent that is registered in its cluster already",
        facts: facts({ generation: 12 }),
        agentMemory: { registeredCluster: "dev" },
        expected: onImageStore(12),
    },
    {
        name: "S3 that cannot be reached at first",
        facts: facts(),
        network: { s3ReachableAfterSeconds: 8 },
        expected: onImageStore(15),
    },
    {
        name: "a root disk that was full in the first boot",
        facts: facts({ generation: 16 }),
        bootWithFullRootDisk: 1,
        boots: 2,
        expected: onImageStore(16),
    },
    ...([15, 16] as const).map((generation): HostCase => ({
        name: `a root disk of SLES ${generation} that is full in the second boot, with docker on a volume`,
        facts: facts({ storage: volume, generation }),
        disks: [blank],
        bootWithFullRootDisk: 2,
        boots: 2,
        expected: onVolume(),
    })),
    {
        name: "a root disk that is full in the second boot, with docker on it",
        facts: facts({ storage: overlay }),
        bootWithFullRootDisk: 2,
        boots: 2,
        expected: onOverlay,
    },
    ...([15, 16] as const).map((generation): HostCase => ({
        name: `packages on SLES ${generation} while SUSE's servers take 10 s to register the host`,
        facts: facts({ generation, packages: ["htop", "strace"] }),
        updateServers: { registerAfterSeconds: 10, packages: ["htop", "strace", "tmux"] },
        expected: onImageStore(generation),
    })),
    ...slesGenerations.map((generation): HostCase => ({
        name: `a second boot of SLES ${generation} on a volume`,
        facts: facts({ storage: volume, generation }),
        disks: [blank],
        boots: 2,
        expected: onVolume(),
    })),
    { name: "a second boot on the image's own store", facts: facts(), boots: 2, expected: onImageStore(15) },
    {
        name: "a second boot with a driver of choice",
        facts: facts({ storage: overlay }),
        boots: 2,
        expected: onOverlay,
    },
];

/** Hosts whose power is cut, at many points of their first boot; whatever happens, they end as expected. */
export const powerCutCases: readonly HostCase[] = [
    withVolume("SLES 15 on a volume of its own", {}),
    withVolume("SLES 16 on a volume of its own", { facts: facts({ storage: volume, generation: 16 }) }),
    { name: "SLES 15 on the image's own store", facts: facts(), expected: onImageStore(15) },
];

import { slesGenerations } from "../../../components/model/images/hostImageName";
import type { HostCase } from "./hostCase";
import { blank, compressedFacts, facts, onImageStore, onOverlay, onVolume, overlay, volume } from "./parts";

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
    ...slesGenerations.map((generation): HostCase => ({
        name: `SLES ${generation} with the agent's unit as its own repository packages it`,
        facts: facts({ generation }),
        agentUnit: "packaged",
        expected: onImageStore(generation),
    })),
    ...slesGenerations.map((generation): HostCase => ({
        name: `SLES ${generation} with compressed user data, on a volume`,
        facts: compressedFacts({ generation, storage: volume }),
        disks: [blank],
        boots: generation === 15 ? 2 : 1,
        expected: onVolume(),
    })),
    ...(["packaged", "sles15"] as const).map((agentUnit): HostCase => ({
        name: `S3 that cannot be reached at first, with the agent's unit ${agentUnit}`,
        facts: facts(),
        agentUnit,
        network: { s3ReachableAfterSeconds: 8 },
        expected: onImageStore(15),
    })),
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

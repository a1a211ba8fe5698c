import type { HostFacts } from "../../components/model/userData";
import type { DiskFacts } from "../../tests/hosts/machine/disks";

/** A host to boot with this project's user data and without any, and by how much the first may be later. */
export interface BootSetup {
    readonly name: string;
    readonly facts: HostFacts;
    readonly disks: readonly DiskFacts[];
    readonly limitSeconds: number;
}

const limitSeconds = 2;
const limitWithMkfsSeconds = 4;

const volumeId = "vol-0123456789abcdef0";
const deviceName = "/dev/sdf";
const clusterName = "dev";
const onVolume: HostFacts = {
    clusterName,
    generation: 15,
    storage: { mode: "volume", volumeId, deviceName },
};

export const bootSetups: readonly BootSetup[] = [
    {
        name: "SLES 15, the image's own store",
        facts: { clusterName, generation: 15, storage: { mode: "imageStore" } },
        disks: [],
        limitSeconds,
    },
    {
        name: "SLES 16, the image's own store",
        facts: { clusterName, generation: 16, storage: { mode: "imageStore" } },
        disks: [],
        limitSeconds,
    },
    {
        name: "SLES 15, a volume with a file system",
        facts: onVolume,
        disks: [{ volumeId, deviceName, content: "ours" }],
        limitSeconds,
    },
    {
        name: "SLES 15, a new volume, mkfs",
        facts: onVolume,
        disks: [{ volumeId, deviceName, content: "blank" }],
        limitSeconds: limitWithMkfsSeconds,
    },
];

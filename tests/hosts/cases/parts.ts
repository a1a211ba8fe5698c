import type { HostFacts, StorageFacts } from "../../../components/model/userData";
import { noise } from "../../helpers/noise";
import type { DiskFacts } from "../machine/disks";
import type { HostCase, Verdict } from "./hostCase";

const volumeId = "vol-0123456789abcdef0";
const otherVolumeId = "vol-0fedcba9876543210";
const imageStore: StorageFacts = { mode: "imageStore" };
export const volume: StorageFacts = { mode: "volume", volumeId, deviceName: "/dev/sdf" };
export const groupVolume: StorageFacts = { mode: "volume", deviceName: "/dev/sdf" };
export const overlay: StorageFacts = {
    mode: "driver",
    driver: "overlay2",
    options: { "overlay2.override_kernel_check": "true" },
};

export const blank: DiskFacts = { volumeId, deviceName: "/dev/sdf", content: "blank" };
export const other: DiskFacts = { volumeId: otherVolumeId, deviceName: "/dev/sdg", content: "blank" };

export const onVolume = (formatted: readonly string[] = [volumeId]): Verdict => ({
    outcome: "registered",
    storage: { driver: "btrfs", on: "volume" },
    formatted,
});
export const onOverlay: Verdict = {
    outcome: "registered",
    storage: { driver: "overlay2", on: "rootDisk" },
    formatted: [],
};
export const refused = (reason: RegExp): Verdict => ({ outcome: "notRegistered", formatted: [], reason });
export const facts = (changes: Partial<HostFacts> = {}): HostFacts => ({
    clusterName: "dev",
    generation: 15,
    storage: imageStore,
    ...changes,
});

/** The image's own store: a file that is mounted on SLES 12 and 15, a folder of the btrfs root on 16. */
export function onImageStore(generation: HostFacts["generation"]): Verdict {
    const on = generation === 16 ? "rootDisk" : "imageStore";
    return { outcome: "registered", storage: { driver: "btrfs", on }, formatted: [] };
}

export const withVolume = (name: string, changes: Partial<HostCase>): HostCase => ({
    name,
    facts: facts({ storage: volume }),
    disks: [blank],
    expected: onVolume(),
    ...changes,
});
export const holding = (content: DiskFacts["content"]): Pick<HostCase, "disks"> => ({
    disks: [{ ...blank, content }],
});

/** Facts whose user data EC2 takes only compressed. */
export const compressedFacts = (changes: Partial<HostFacts> = {}): HostFacts =>
    facts({ agent: { pauseLabels: { note: noise(6000) } }, ...changes });

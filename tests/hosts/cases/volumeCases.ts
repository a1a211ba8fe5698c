import type { HostCase } from "./hostCase";
import { blank, facts, groupVolume, holding, onVolume, other, refused, withVolume } from "./parts";

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

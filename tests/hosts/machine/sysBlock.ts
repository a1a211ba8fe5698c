import fs from "node:fs";
import path from "node:path";
import type { DiskFacts } from "./disks";

type NamedVolume = Pick<DiskFacts, "volumeId" | "deviceName">;

/** What a machine finds at /sys/block: the disks of this computer, and those of EC2. */
export class SysBlock {
    constructor(
        private readonly folder: string,
        private readonly isXen: boolean,
    ) {
        fs.rmSync(folder, { recursive: true, force: true });
        fs.cpSync("/sys/block", folder, { recursive: true, verbatimSymlinks: true });
    }

    /** EBS user guide, "Device names for volumes": on Xen /dev/sdf is seen as /dev/xvdf. */
    node(number: number, { deviceName }: NamedVolume): string {
        return this.isXen ? deviceName.replace("/dev/sd", "/dev/xvd") : `/dev/nvme${number}n1`;
    }

    /** What the kernel says of a disk, and the controller of an NVMe disk. */
    announce(number: number, volume: NamedVolume): void {
        const folder = path.join(this.folder, path.basename(this.node(number, volume)), "device");
        fs.mkdirSync(folder, { recursive: true });
        if (this.isXen) {
            return;
        }
        fs.writeFileSync(path.join(folder, "model"), "Amazon Elastic Block Store\n");
        fs.writeFileSync(path.join(folder, "serial"), `${volume.volumeId.replace("-", "")}\n`);
        fs.writeFileSync(path.join(folder, "stand-in-name"), volume.deviceName);
    }
}

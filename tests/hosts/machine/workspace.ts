import fs from "node:fs";
import path from "node:path";
import { reasonToSkip } from "../skip.mjs";
import { buildArea, hostsCacheDirectory } from "./machineImage";
import { Namespace } from "./namespace";

type RootFileSystem = "xfs" | "btrfs";

/** Loop devices that a machine can use by itself, as every host has some. */
export const machineLoops = Array.from({ length: 32 }, (_, number) => number);
/** The disks of all machines: numbers that no machine gets for a loop device of its own. */
const firstDiskLoop = 64;

/**
 * Where machines live: a file system on which a copy of an image takes milliseconds, in a namespace that goes away
 * with this process.
 */
export class Workspace {
    private nextNumber = 0;
    private readonly freeLoops = Array.from({ length: 64 }, (_, index) => firstDiskLoop + index);

    private constructor(
        readonly namespace: Namespace,
        private readonly mountPoint: string,
    ) {}

    static async open(): Promise<Workspace> {
        const reason = reasonToSkip();
        if (reason !== undefined) {
            throw new Error(reason);
        }
        const cache = hostsCacheDirectory();
        const mountPoint = path.join(cache, "mounted");
        fs.mkdirSync(mountPoint, { recursive: true });
        const namespace = await Namespace.open(path.join(cache, "lock"));
        const area = await buildArea(namespace, mountPoint);
        await namespace.shell(
            `mount -o loop "$1" "$2"; rm -rf "$2/run"; mkdir "$2/run"
            for number in ${machineLoops.join(" ")}; do
                [ -e /dev/loop$number ] || mknod /dev/loop$number b 7 $number
            done`,
            area,
            mountPoint,
        );
        return new Workspace(namespace, mountPoint);
    }

    /** A name that no other machine of this computer has. */
    nextName(): string {
        this.nextNumber += 1;
        return `m${process.pid}-${this.nextNumber}`;
    }

    takeLoop(): number {
        const isFree = (loop: number) => !fs.existsSync(`/sys/block/loop${loop}/loop`);
        const loop = this.freeLoops.find(isFree);
        if (loop === undefined) {
            throw new Error("no loop device is left for another disk");
        }
        this.freeLoops.splice(this.freeLoops.indexOf(loop), 1);
        return loop;
    }

    returnLoop(loop: number): void {
        this.freeLoops.push(loop);
    }

    /** @returns a path inside the namespace, below the folder of one machine. */
    file(machine: string, name = ""): string {
        return path.join(this.mountPoint, "run", machine, name);
    }

    /** Makes a root disk as the image has it, under an identity of its own where two of one identity cannot live. */
    async copyImage(type: RootFileSystem, target: string): Promise<void> {
        await this.copyDisk(path.join(this.mountPoint, "images", `${type}.img`), target);
        if (type === "btrfs") {
            await this.namespace.run(["btrfstune", "-f", "-m", target]);
        }
    }

    async copyDisk(source: string, target: string): Promise<void> {
        await this.namespace.run(["cp", "--reflink=always", source, target]);
    }

    close(): Promise<void> {
        return this.namespace.close();
    }
}

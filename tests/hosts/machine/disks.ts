import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import { lvmLabel, partitionTable } from "./signatures";
import type { Workspace } from "./workspace";

/** What is on a volume when its host first sees it. */
export type DiskContent = "blank" | "ours" | "foreignBtrfs" | "ext4" | "lvm" | "partitionTable";

/** A volume that EC2 attaches to the host. */
export interface DiskFacts {
    readonly volumeId: string;
    /** The name it is attached under, such as `/dev/sdf`. */
    readonly deviceName: string;
    readonly content: DiskContent;
    /** Seconds from the host's start; never is for a volume that EC2 does not attach. */
    readonly attachedAfterSeconds?: number | "never";
}

const sizeBytes = 8 * 2 ** 30;

/** Makes a volume's image with something on it. */
export async function makeDisk(workspace: Workspace, file: string, content: DiskContent): Promise<void> {
    const { namespace } = workspace;
    const local = namespace.path(file);
    fs.writeFileSync(local, "");
    fs.truncateSync(local, sizeBytes);
    switch (content) {
        case "blank":
            return;
        case "ours":
            await namespace.run(["mkfs.btrfs", "-q", "-L", "sles-ecs-docker", file]);
            return;
        case "foreignBtrfs":
            await namespace.run(["mkfs.btrfs", "-q", "-L", "backups", file]);
            return;
        case "ext4":
            await namespace.run(["mkfs.ext4", "-q", "-L", "data", file]);
            return;
        case "lvm":
            overwrite(local, 512, lvmLabel());
            return;
        case "partitionTable":
            overwrite(local, 0, partitionTable());
    }
}

function overwrite(file: string, offset: number, bytes: Buffer): void {
    const descriptor = fs.openSync(file, "r+");
    fs.writeSync(descriptor, bytes, 0, bytes.length, offset);
    fs.closeSync(descriptor);
}

/** What blkid finds on an image, as `TYPE=btrfs` and the like; empty where it finds nothing. */
export async function signatureOf(workspace: Workspace, file: string): Promise<string> {
    const found = await workspace.namespace.shell('blkid -p -o export "$1" || [ $? = 2 ]', file);
    return found
        .split("\n")
        .filter((line) => /^(TYPE|UUID|LABEL|PTTYPE)=/.test(line))
        .join(" ");
}

/** An image as a block device. It goes away with the namespace, as only a process in there holds it. */
export class AttachedDisk {
    private constructor(
        private readonly workspace: Workspace,
        readonly loop: number,
        private readonly holder: ChildProcess,
    ) {}

    static async attach(workspace: Workspace, file: string): Promise<AttachedDisk> {
        const loop = workspace.takeLoop();
        const { namespace } = workspace;
        await namespace.run(["losetup", `/dev/loop${loop}`, file]);
        const holder = namespace.spawn(
            ["bash", "-c", 'exec 8<"$1"; echo held; read -r _', "-", `/dev/loop${loop}`],
            ["pipe", "pipe", "inherit"],
        );
        await new Promise((resolve) => holder.stdout!.once("data", resolve));
        // With the device in use this means "when the last one has closed it" (loop(4), LOOP_CLR_FD).
        await namespace.run(["losetup", "-d", `/dev/loop${loop}`]);
        return new AttachedDisk(workspace, loop, holder);
    }

    /** Waits until nobody uses the device any more. */
    async detach(): Promise<void> {
        const closed = new Promise((resolve) => this.holder.once("close", resolve));
        this.holder.stdin?.end();
        await closed;
        await this.workspace.namespace.shell(
            'for _ in $(seq 100); do losetup "$1" >/dev/null 2>&1 || exit 0; sleep 0.05; done; exit 1',
            `/dev/loop${this.loop}`,
        );
        this.workspace.returnLoop(this.loop);
    }
}

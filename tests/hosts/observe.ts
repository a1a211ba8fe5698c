import type { Machine } from "./machine/machine";
import { signatureOf } from "./machine/disks";
import type { HostDisk } from "./machine/host";
import type { Workspace } from "./machine/workspace";

/** Docker as it runs on a machine. */
export interface DockerState {
    readonly driver: string;
    readonly on: "imageStore" | "volume" | "rootDisk" | "unknown";
    readonly images: readonly string[];
}

/** @returns undefined where docker does not run */
export async function dockerOf(machine: Machine): Promise<DockerState | undefined> {
    const text = await machine.exec([
        "bash",
        "-c",
        `systemctl is-active --quiet docker.service || exit 0
        docker info --format '{{.Driver}}'
        findmnt -rnvo SOURCE --target /var/lib/docker
        losetup -nO BACK-FILE "$(findmnt -rnvo SOURCE --target /var/lib/docker)" 2>/dev/null | grep . || echo none
        findmnt -rno TARGET --target /var/lib/docker
        docker images --format '{{.Repository}}:{{.Tag}}'`,
    ]);
    const [driver, source, file, target, ...images] = text.trim().split("\n");
    if (driver === undefined || driver === "") {
        return undefined;
    }
    return { driver, on: placeOf(source, file, target), images };
}

function placeOf(source = "", file = "", target = ""): DockerState["on"] {
    if (target === "/") {
        return "rootDisk";
    }
    if (/^\/dev\/(nvme[1-9]n1|xvd[b-z])$/.test(source)) {
        return "volume";
    }
    return file.endsWith("/docker-storage.btrfs") ? "imageStore" : "unknown";
}

/** When zypper has installed what it has, in seconds since a moment that is given in milliseconds of the epoch. */
export async function packagesOf(machine: Machine, since: number): Promise<Record<string, number>> {
    const text = await machine.exec([
        "bash",
        "-c",
        "cd /var/lib/stand-in-rpm && stat -c '%n %.3Y' * || true",
    ]);
    const lines = text.split("\n").filter((line) => line !== "");
    return Object.fromEntries(
        lines.map((line) => {
            const [name = "", seconds] = line.split(" ");
            return [name, Number(seconds) - since / 1000];
        }),
    );
}

/** Sees what becomes of the content of volumes. */
export class DiskWatch {
    readonly formatted: string[] = [];
    readonly lost: string[] = [];

    private constructor(
        private readonly workspace: Workspace,
        private readonly signatures: Map<string, string>,
    ) {}

    static async start(workspace: Workspace, disks: readonly HostDisk[]): Promise<DiskWatch> {
        const watch = new DiskWatch(workspace, new Map());
        await watch.look(disks);
        return watch;
    }

    /** Compares with the last look. A new UUID is a new file system; where there was one before, its data are lost. */
    async look(disks: readonly HostDisk[]): Promise<void> {
        for (const { volumeId, file } of disks) {
            const before = this.signatures.get(volumeId);
            const now = await signatureOf(this.workspace, file);
            if (before !== undefined && before !== now) {
                this.formatted.push(volumeId);
                if (before !== "") {
                    this.lost.push(volumeId);
                }
            }
            this.signatures.set(volumeId, now);
        }
    }
}

import { command, line, type Line } from "../../commandLine";
import { recogniser, type Recogniser } from "../cause";
import { hostLine } from "../console";
import type { HostEvidence } from "../evidence";
import { reboot, replaceHost, thenReboot } from "../remedies";

/** What keeps docker from its start, which the agent waits for. */
export const dockerCauses: readonly Recogniser[] = [
    recogniser("ROOT_DISK_FULL", (host, environment) => {
        const full = hostLine(host, noRoom, "docker");
        const root = diskOf(host, isRoot);
        return full === undefined || root === undefined || root.used < nearlyFull
            ? undefined
            : { evidence: [full, root.line], remedy: replaceHost(host, environment) };
    }),
    recogniser("DOCKER_DISK_FULL", (host, environment) => {
        const full = hostLine(host, noRoom, "docker");
        const disk = diskOf(host, (mount) => !isRoot(mount));
        // A line alone may be of a disk that has had room again for long; `df` knows, and docker does not start for nothing.
        const isStill = disk === undefined ? diskOf(host, isRoot) === undefined : disk.used >= nearlyFull;
        const shown = isStill ? full : hostLine(host, startedWithoutRoom, "docker");
        return shown === undefined
            ? undefined
            : {
                  evidence: [shown, ...(disk === undefined ? [] : [disk.line])],
                  remedy: moreRoom(host, environment),
              };
    }),
    recogniser("DOCKER_NOT_RUNNING", (host, environment) => {
        const failed = hostLine(host, /failed to start daemon: /, "docker");
        const unit = hostLine(host, /Failed to start Docker Application Container Engine/, "docker");
        const shown = failed ?? unit;
        return shown === undefined
            ? undefined
            : { evidence: [shown], remedy: thenReboot(host, environment, "put that right") };
    }),
];

/** Per cent; btrfs is out of room before `df` says so. */
const nearlyFull = 95;

interface Disk {
    readonly line: string;
    /** Per cent. */
    readonly used: number;
}

function isRoot(mount: string): boolean {
    return mount === "/";
}

/** What the host has said last of a disk, in the words of `examineHostCommand`. */
function diskOf(host: Pick<HostEvidence, "logs">, isMeant: (mount: string) => boolean): Disk | undefined {
    const all = [...(host.logs ?? "").matchAll(/^disk: (\d+)% of (\S+) is used$/gm)];
    const [line, used] = all.findLast(([, , mount = ""]) => isMeant(mount)) ?? [];
    return line === undefined ? undefined : { line, used: Number(used) };
}

/** The bootstrap gives docker added room at a boot; a group gives it to new hosts alone. */
function moreRoom(host: HostEvidence, environment: string): Line {
    const first =
        "give docker more room (dockerStorage.sizeGiB, or hosts.rootVolumeGiB for the store of the image)";
    return host.isOfGroup === true
        ? line`${first}, then: ${command("up", environment, "--roll")}`
        : line`${first}, then: ${command("up", environment)}, then: ${reboot(host, environment)}`;
}

const startedWithoutRoom = /failed to start daemon: .*no space left on device/i;

/** Docker's and the agent's words; others on the host may be short of room elsewhere. */
const noRoom = /(dockerd|amazon-ecs-init|ecs-agent|level=).*no space left on device/i;

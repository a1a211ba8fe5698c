import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { run } from "./command";

/**
 * A mount and a process namespace that everything of the machines lives in. Its first process reads from a pipe of
 * ours: when we end, however that happens, it ends, and with it the kernel takes away every process, mount, network
 * and loop device in there.
 * Its mounts are shared: `ip netns exec` and systemd-nspawn make mount namespaces of their own, and what is unmounted
 * here has to go there too, or the file system lives on and writes later.
 */
const firstProcess = `
set -eu
exec 9>"$1"
flock 9
mount --make-rshared /
mkdir -p /run/netns /run/systemd
mount -t tmpfs tmpfs /run/netns
mount -t tmpfs tmpfs /run/systemd
echo ready
# nothing ever comes: the end of the pipe is the sign
read -r _ || true
`;

export class Namespace {
    private constructor(
        private readonly holder: ChildProcess,
        private readonly pid: number,
    ) {}

    /** Waits for whoever holds the lock. */
    static async open(lockFile: string): Promise<Namespace> {
        const holder = spawn(
            "unshare",
            [
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                "-c",
                firstProcess,
                "-",
                lockFile,
            ],
            { stdio: ["pipe", "pipe", "inherit"] },
        );
        const first = await Promise.race([once(holder.stdout, "data"), once(holder, "close")]);
        if (String(first[0]).trim() !== "ready") {
            throw new Error("no namespace for the machines could be made");
        }
        return new Namespace(holder, childOf(holder.pid!));
    }

    private enter(command: readonly string[]): string[] {
        return [`--target=${this.pid}`, "--mount", "--pid", "--", ...command];
    }

    run(command: readonly string[], options?: Parameters<typeof run>[2]): Promise<string> {
        return run("nsenter", this.enter(command), options);
    }

    /** Runs several lines of shell; the first that fails ends it. */
    shell(script: string, ...args: string[]): Promise<string> {
        return this.run(["bash", "-euc", script, "-", ...args]);
    }

    spawn(command: readonly string[], stdio: StdioOptions): ChildProcess {
        return spawn("nsenter", this.enter(command), { stdio });
    }

    /** Where a path of the namespace is for this process. */
    path(inside: string): string {
        return `/proc/${this.pid}/root${inside}`;
    }

    async close(): Promise<void> {
        const closed = once(this.holder, "close");
        this.holder.stdin?.end();
        await closed;
    }
}

export function childrenOf(pid: number): number[] {
    return fs
        .readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
        .trim()
        .split(" ")
        .filter((text) => text !== "")
        .map(Number);
}

function childOf(pid: number): number {
    const [child] = childrenOf(pid);
    if (child === undefined) {
        throw new Error(`process ${pid} has no child`);
    }
    return child;
}

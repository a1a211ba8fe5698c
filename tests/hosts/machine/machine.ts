import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./command";
import { childrenOf } from "./namespace";
import { machineLoops, type Workspace } from "./workspace";

/** What a machine starts with; all paths are inside the workspace's namespace. */
export interface MachineParts {
    readonly name: string;
    /** The mounted root disk. */
    readonly root: string;
    readonly network: string;
    /** What the machine finds at /sys/block. */
    readonly sysBlock: string;
    /** Device nodes, by the name that they have in the machine. */
    readonly devices: Readonly<Record<string, string>>;
    /** Other folders, by their path in the machine. */
    readonly folders: Readonly<Record<string, string>>;
    readonly consoleFile: string;
    readonly environment: Readonly<Record<string, string>>;
}

/** cgroup hierarchies of systemd: the only one, or the two that a host with version 1 has. */
const hierarchies = ["/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup"];
const inOwnCgroup = `
for hierarchy in ${hierarchies.join(" ")}; do
    [ -e $hierarchy/cgroup.procs ] || continue
    mkdir -p $hierarchy/sles-ecs-$0
    echo $$ >$hierarchy/sles-ecs-$0/cgroup.procs
done
exec "$@"
`;

/** A running machine: systemd in a container of systemd-nspawn. */
export class Machine {
    private constructor(
        private readonly nspawn: ChildProcess,
        readonly pid: number,
        private readonly parts: MachineParts,
        private readonly workspace: Workspace,
        /** When it was started, in milliseconds as of `performance.now()`. */
        readonly startedAt: number,
    ) {}

    static async boot(workspace: Workspace, parts: MachineParts): Promise<Machine> {
        const output = fs.openSync(workspace.namespace.path(parts.consoleFile), "w");
        const startedAt = performance.now();
        const command = [
            "bash",
            "-euc",
            inOwnCgroup,
            parts.name,
            "systemd-nspawn",
            ...nspawnArguments(parts),
        ];
        const nspawn = workspace.namespace.spawn(command, ["ignore", output, output]);
        fs.closeSync(output);
        while (nspawn.exitCode === null && nspawn.signalCode === null) {
            const pid = firstProcessBelow(nspawn.pid!);
            if (pid !== undefined) {
                return new Machine(nspawn, pid, parts, workspace, startedAt);
            }
            await sleep(20);
        }
        throw new Error(`the machine did not start: ${readText(workspace, parts.consoleFile)}`);
    }

    /** Runs a command in the machine. */
    exec(command: readonly string[], timeoutMs = 30_000): Promise<string> {
        const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];
        return run("nsenter", [`--target=${this.pid}`, ...namespaces, "--", ...command], {
            timeoutMs,
        });
    }

    /** What came over the serial console in this boot. */
    console(): string {
        return readText(this.workspace, this.parts.consoleFile);
    }

    /** A path of the machine for this process. */
    path(inside: string): string {
        return `/proc/${this.pid}/root${inside}`;
    }

    get isRunning(): boolean {
        return this.nspawn.exitCode === null && this.nspawn.signalCode === null;
    }

    /** Everything stops at once; what was not on the disks is lost. */
    async cutPower(): Promise<void> {
        process.kill(this.pid, "SIGKILL");
        await this.gone();
    }

    async powerOff(): Promise<void> {
        const halfMinute = setTimeout(() => process.kill(this.pid, "SIGKILL"), 30_000);
        await this.exec(["systemctl", "poweroff", "--no-block"]);
        await this.gone();
        clearTimeout(halfMinute);
    }

    private async gone(): Promise<void> {
        if (this.isRunning) {
            await once(this.nspawn, "close");
        }
        await this.workspace.namespace
            .shell(
                hierarchies
                    .map(
                        (folder) =>
                            `find ${folder}/sles-ecs-${this.parts.name} -depth -type d -exec rmdir {} + 2>/dev/null`,
                    )
                    .concat("true")
                    .join("; "),
            )
            .catch(() => undefined);
    }
}

function nspawnArguments(parts: MachineParts): string[] {
    const binds = { ...parts.devices, ...parts.folders, "/sys/block": parts.sysBlock };
    return [
        "--boot",
        "--quiet",
        "--register=no",
        "--keep-unit",
        "--capability=all",
        "--console=read-only",
        `--machine=${parts.name}`,
        `--directory=${parts.root}`,
        `--network-namespace-path=/run/netns/${parts.network}`,
        "--bind=/dev/loop-control",
        ...machineLoops.map((number) => `--bind=/dev/loop${number}`),
        ...Object.entries(binds).map(([inside, outside]) => `--bind=${outside}:${inside}`),
        ...Object.entries(parts.environment).map(([name, value]) => `--setenv=${name}=${value}`),
    ];
}

/** The first process of the process namespace that is one level below ours. */
function firstProcessBelow(pid: number): number | undefined {
    try {
        const numbers = /^NSpid:\s+(.*)$/m
            .exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
            ?.split("\t");
        if (numbers !== undefined && numbers.length >= 3 && numbers.at(-1) === "1") {
            return pid;
        }
        return childrenOf(pid)
            .map(firstProcessBelow)
            .find((found) => found !== undefined);
    } catch {
        return undefined;
    }
}

function readText(workspace: Workspace, file: string): string {
    return fs.readFileSync(workspace.namespace.path(file), "utf8");
}

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { bootstrapConf } from "../../../components/model/userData/configFiles";
import { bootstrapScript } from "../../../components/model/userData/bootstrapScript";
import { parseBootLog, type BootStep } from "../../../components/model/bootLog";
import { renderUserData, type HostFacts } from "../../../components/model/userData";

/** How a run of the bootstrap ended. */
interface Boot {
    readonly status: number | null;
    readonly stderr: string;
    readonly steps: readonly BootStep[];
}

/**
 * Runs the real bootstrap as this user: its paths are moved below a directory, and the commands that would change a
 * machine are stand-ins that write down how they were called.
 */
export class Host {
    /** Until the bootstrap gives packages up; the host's own limit would make a test of that long. */
    packageWaitSeconds = 1;
    readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "sles-ecs-host-"));

    constructor(
        readonly facts: HostFacts,
        wanted = "ECS_CLUSTER=dev\n",
    ) {
        this.write("/etc/sles-ecs/bootstrap.conf", bootstrapConf(facts));
        this.write("/etc/sles-ecs/ecs.config", wanted);
        this.write("/etc/fstab", "UUID=root / xfs defaults 0 1\n");
        for (const folder of ["/var/log", "/var/lib", "/etc/sysconfig"]) {
            this.write(`${folder}/.keep`, "");
        }
        // Docker is on its way down, as user data has told it to stop.
        this.command(
            "systemctl",
            'case "$*" in "is-active amazon-ecs.service docker.service") echo deactivating ;; is-active*) exit 3 ;; esac',
        );
        for (const name of ["udevadm", "mkfs.btrfs", "btrfs", "restorecon", "umount"]) {
            this.command(name, "");
        }
        this.command("mount", `: >${this.at("/mounted")}`);
        this.command("mountpoint", `[ -e ${this.at("/mounted")} ]`);
        this.command("findmnt", `[ -e ${this.at("/mounted")} ] && echo ${this.at("/dev/volume")}`);
        this.command("losetup", "");
        this.command("blkid", 'case "$*" in *UUID*) echo 1234-abcd ;; *) exit 2 ;; esac');
        this.command("sleep", "");
    }

    private get path(): string {
        return `${this.at("/bin")}:/usr/sbin:/usr/bin:/sbin:/bin`;
    }

    /** Shell whose paths lie below the host's directory. */
    private moved(shell: string): string {
        return shell
            .replaceAll(
                /(?<![\w/.}])\/(etc|var|run|sys|usr\/local|usr\/lib|dev\/disk)(?=[/ ])/g,
                this.at("/$1"),
            )
            .replaceAll('"/dev/$disk"', `"${this.at("/dev/$disk")}"`)
            .replaceAll("/dev/console", "/dev/null");
    }

    at(name: string): string {
        return path.join(this.root, name);
    }

    write(name: string, text: string): void {
        fs.mkdirSync(path.dirname(this.at(name)), { recursive: true });
        fs.writeFileSync(this.at(name), text);
    }

    read(name: string): string {
        return fs.readFileSync(this.at(name), "utf8");
    }

    /** Makes a stand-in for a command; every call is written down before `body` runs. */
    command(name: string, body: string): void {
        this.write(`/bin/${name}`, `#!/bin/bash\necho "${name} $*" >>${this.at("/calls")}\n${body}\n`);
        fs.chmodSync(this.at(`/bin/${name}`), 0o755);
    }

    calls(): string[] {
        return fs.existsSync(this.at("/calls")) ? this.read("/calls").trim().split("\n") : [];
    }

    /** Does what cloud-init does with the user data of these facts at every boot. */
    install(facts: HostFacts): { readonly status: number | null; readonly steps: readonly BootStep[] } {
        fs.rmSync(this.at("/calls"), { force: true });
        const { bootcmd } = parse(renderUserData(facts)) as { bootcmd: string[][] };
        const [shell = "", flag = "", script = "", name = "", cluster = "", ...files] = bootcmd[0] ?? [];
        const words = [
            this.moved(script),
            name,
            cluster,
            ...files.map((word) => (/^\/\S+$/.test(word) ? this.at(word) : word)),
        ];
        const { status } = spawnSync(shell, [flag, ...words], { env: { PATH: this.path } });
        const log = fs.existsSync(this.at("/var/log/sles-ecs-bootstrap.log"))
            ? this.read("/var/log/sles-ecs-bootstrap.log")
            : "";
        return { status, steps: parseBootLog(log) };
    }

    /** Runs the bootstrap, or only the steps that are named. */
    boot(...steps: readonly string[]): Boot {
        fs.rmSync(this.at("/calls"), { force: true });
        const script = this.moved(bootstrapScript(this.facts))
            .replace(/PATH=\S+/, `PATH=${this.path}`)
            .replaceAll("[ -b ", "[ -e ")
            .replace("volume_wait_seconds=600", "volume_wait_seconds=0")
            .replace("image_store_wait_seconds=120", "image_store_wait_seconds=2")
            .replace("package_wait_seconds=900", `package_wait_seconds=${this.packageWaitSeconds}`);
        this.write("/bootstrap", script);
        const { status, stderr } = spawnSync("bash", [this.at("/bootstrap"), ...steps], { encoding: "utf8" });
        const log = this.read("/var/log/sles-ecs-bootstrap.log");
        fs.rmSync(this.at("/var/log/sles-ecs-bootstrap.log"));
        return { status, stderr, steps: parseBootLog(log) };
    }
}

/** Facts of a host in the cluster `dev` on SLES 15 with the store of its image, unless told otherwise. */
export function hostFacts(changes: Partial<HostFacts> = {}): HostFacts {
    return { clusterName: "dev", generation: 15, storage: { mode: "imageStore" }, ...changes };
}

/** What blkid says of a btrfs file system. */
export const btrfsLabelled = (label: string): string =>
    `case "$*" in *UUID*) echo 1234-abcd ;; *LABEL*) echo ${label} ;; *TYPE*) echo btrfs ;; esac`;

export function resultsOf(steps: readonly BootStep[]): string[] {
    return steps.map(({ step, result }) => `${step} ${result}`);
}

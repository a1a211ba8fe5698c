import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { bootstrapScript } from "../../components/model/userData/bootstrapScript";
import { parseBootLog, type BootStep } from "../../components/model/bootLog";

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
    readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "sles-ecs-host-"));

    constructor(conf: Readonly<Record<string, string>>, wanted: string) {
        this.write("/etc/sles-ecs/bootstrap.conf", lines(conf));
        this.write("/etc/sles-ecs/ecs.config", wanted);
        this.write("/etc/fstab", "UUID=root / xfs defaults 0 1\n");
        for (const folder of ["/var/log", "/var/lib", "/etc/sysconfig"]) {
            this.write(`${folder}/.keep`, "");
        }
        this.command("systemctl", 'case "$1" in is-active) exit 3 ;; esac');
        for (const name of ["udevadm", "mkfs.btrfs", "btrfs", "restorecon", "umount"]) {
            this.command(name, "");
        }
        this.command("mount", `: >${this.at("/mounted")}`);
        this.command("mountpoint", `[ -e ${this.at("/mounted")} ]`);
        this.command("findmnt", `[ -e ${this.at("/mounted")} ] && echo ${this.at("/dev/volume")}`);
        this.command("losetup", "");
        this.command(
            "blkid",
            'case "$*" in *UUID*) echo 1234-abcd ;; *) exit 2 ;; esac',
        );
        this.command("sleep", "");
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

    boot(generation: 12 | 15 | 16 = 15): Boot {
        fs.rmSync(this.at("/calls"), { force: true });
        const script = bootstrapScript(generation)
            .replace(/PATH=\S+/, `PATH=${this.at("/bin")}:/usr/sbin:/usr/bin:/sbin:/bin`)
            .replaceAll(/(?<![\w/.])\/(etc|var|sys|usr\/lib|dev\/disk)(?=[/ ])/g, this.at("/$1"))
            .replaceAll("[ -b ", "[ -e ")
            .replace("volume_wait_seconds=600", "volume_wait_seconds=0")
            .replace("image_store_wait_seconds=120", "image_store_wait_seconds=2");
        this.write("/bootstrap", script);
        const { status, stderr } = spawnSync("bash", [this.at("/bootstrap")], { encoding: "utf8" });
        const log = this.read("/var/log/sles-ecs-bootstrap.log");
        fs.rmSync(this.at("/var/log/sles-ecs-bootstrap.log"));
        return { status, stderr, steps: parseBootLog(log) };
    }
}

/** `KEY=value` lines. */
export function lines(values: Readonly<Record<string, string>>): string {
    return Object.entries(values)
        .map(([key, value]) => `${key}=${value}\n`)
        .join("");
}

// Whether hosts can boot on this computer; scripts/test.mjs asks before it starts this layer.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";

/** Programs that the machines need on this computer, and the Debian packages that they come with. */
const programs = {
    btrfstune: "btrfs-progs",
    ip: "iproute2",
    mmdebstrap: "mmdebstrap",
    "mkfs.btrfs": "btrfs-progs",
    "mkfs.ext4": "e2fsprogs",
    "mkfs.xfs": "xfsprogs",
    nsenter: "util-linux",
    "systemd-nspawn": "systemd-container",
    unshare: "util-linux",
};

/** @returns {string | undefined} why no host can boot here */
export function reasonToSkip() {
    if (process.platform !== "linux") {
        return `hosts boot on Linux, this is ${process.platform}`;
    }
    if (process.getuid() !== 0) {
        return "hosts boot only for root";
    }
    if (!fs.existsSync("/dev/loop-control")) {
        return "there are no loop devices";
    }
    const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin", "/sbin"];
    const isHere = (program) => folders.some((folder) => fs.existsSync(path.join(folder, program)));
    const missing = Object.keys(programs).filter((program) => !isHere(program));
    const packages = [...new Set(missing.map((program) => programs[program]))];
    return missing.length > 0
        ? `${missing.join(", ")} not found, apt-get install ${packages.join(" ")}`
        : undefined;
}

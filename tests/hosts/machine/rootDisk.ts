import fs from "node:fs";
import path from "node:path";
import type { SlesGeneration } from "../../../components/model/images/hostImageName";
import type { Workspace } from "./workspace";

const standIns = path.join(__dirname, "standIns");

/**
 * The forms of SUSE's unit for the agent: `packaged` is that of the agent's own repository, the others are what SUSE
 * builds. An image may have either.
 */
export type AgentUnit = "packaged" | "sles12" | "sles15";

/** Units of the image that start by themselves, and what wants them (SUSE-Enceladus/keg-recipes, services). */
const enabledEverywhere = {
    "amazon-ecs.service": "multi-user.target",
    "cloud-init-local.service": "cloud-init.target",
    "cloud-config.service": "cloud-init.target",
    "cloud-final.service": "cloud-init.target",
    "docker.service": "multi-user.target",
    "docker.socket": "sockets.target",
    "guestregister.service": "multi-user.target",
    "stand-in-udev.service": "sysinit.target",
};

interface GenerationParts {
    readonly fileSystem: "xfs" | "btrfs";
    readonly folder: string;
    readonly agentUnit: AgentUnit;
    readonly enabled: Readonly<Record<string, string>>;
    readonly masked: readonly string[];
}

function partsOf(generation: SlesGeneration): GenerationParts {
    switch (generation) {
        case 12:
        case 15:
            return {
                fileSystem: "xfs",
                folder: "sles12and15",
                agentUnit: generation === 12 ? "sles12" : "sles15",
                enabled: {
                    "cloud-init.service": "cloud-init.target",
                    "wicked.service": "network-online.target",
                    "docker-img-store-setup.service": "multi-user.target",
                },
                masked: [],
            };
        case 16:
            return {
                fileSystem: "btrfs",
                folder: "sles16",
                agentUnit: "sles15",
                enabled: {
                    "cloud-init-network.service": "cloud-init.target",
                    "NetworkManager.service": "network-online.target",
                },
                masked: ["cloud-init.service"],
            };
    }
}

/** Makes the root disk of a host that has never started. */
export async function makeRootDisk(
    workspace: Workspace,
    file: string,
    generation: SlesGeneration,
): Promise<void> {
    await workspace.copyImage(partsOf(generation).fileSystem, file);
}

/** @returns the device that the root disk is mounted from */
export async function mountRootDisk(workspace: Workspace, file: string, target: string): Promise<string> {
    const device = await workspace.namespace.shell(
        `mkdir -p "$2"
        case $(blkid -p -o value -s TYPE "$1") in xfs) options=loop,nouuid ;; *) options=loop ;; esac
        mount -o $options "$1" "$2"
        findmnt -rnvo SOURCE "$2"`,
        file,
        target,
    );
    return device.trim();
}

/** All of it is on the disk then, as with an image on EBS: a power cut may come at any time later. */
export async function unmountRootDisk(workspace: Workspace, target: string): Promise<void> {
    await workspace.namespace.shell(
        `sync --file-system "$1"
        for _ in $(seq 100); do ! umount "$1" || exit 0; sleep 0.05; done
        exit 1`,
        target,
    );
}

/** Puts the stand-ins for SUSE's own pieces of an image onto a root disk. */
export async function installStandIns(
    workspace: Workspace,
    root: string,
    generation: SlesGeneration,
    agentUnit: AgentUnit = partsOf(generation).agentUnit,
): Promise<void> {
    const { folder, enabled, masked } = partsOf(generation);
    for (const source of ["all", folder]) {
        await workspace.namespace.run(["cp", "-rT", "--preserve=mode", path.join(standIns, source), root]);
    }
    fs.copyFileSync(
        path.join(__dirname, "agentUnits", `${agentUnit}.service`),
        path.join(workspace.namespace.path(root), "usr/lib/systemd/system/amazon-ecs.service"),
    );
    const units = path.join(workspace.namespace.path(root), "etc/systemd/system");
    for (const [unit, wantedBy] of Object.entries({ ...enabledEverywhere, ...enabled })) {
        fs.mkdirSync(path.join(units, `${wantedBy}.wants`), { recursive: true });
        fs.symlinkSync(`/usr/lib/systemd/system/${unit}`, path.join(units, `${wantedBy}.wants`, unit));
    }
    for (const unit of masked) {
        fs.symlinkSync("/dev/null", path.join(units, unit));
    }
}

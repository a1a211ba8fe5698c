import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PackedUserData } from "../../../components/model/userData";
import type { SlesGeneration } from "../../../components/model/images/hostImageName";
import { AttachedDisk, type DiskFacts } from "./disks";
import { Machine } from "./machine";
import { Network } from "./network";
import { installStandIns, makeRootDisk, mountRootDisk, unmountRootDisk, type AgentUnit } from "./rootDisk";
import { SysBlock } from "./sysBlock";
import type { Workspace } from "./workspace";

/** A volume of a host: where its image is. */
export interface HostDisk extends DiskFacts {
    readonly file: string;
}

export interface HostParts {
    readonly generation: SlesGeneration;
    /** @default - what SUSE builds for the generation */
    readonly agentUnit?: AgentUnit;
    /** As EC2 is given it. */
    readonly userData: string | PackedUserData;
    /** Where the host's role lets it register. */
    readonly clusters: readonly string[];
    readonly s3IsOpen: boolean;
    /** @default false */
    readonly isBehindProxy?: boolean;
    /** What the agent needs before it registers; as long as the real one unless said. */
    readonly agentStartSeconds?: number;
    readonly disks: readonly HostDisk[];
    /** An instance of a Xen type: its disks have the names that they are attached under, and are no NVMe disks. */
    readonly isXen?: boolean;
    /** More folders for the machine, and variables for its first process. */
    readonly folders?: Readonly<Record<string, string>>;
    readonly environment?: Readonly<Record<string, string>>;
}

function encoded(userData: string | PackedUserData): string {
    if (typeof userData !== "string" && "base64" in userData) {
        return userData.base64;
    }
    const text = typeof userData === "string" ? userData : userData.text;
    return Buffer.from(text, "utf8").toString("base64");
}

/** An EC2 instance: its disks, its network, and one machine after the other that boots from them. */
export class Host {
    private booted: Machine | undefined;
    private rootFile: string;
    private attached: AttachedDisk[] = [];
    private nextCopy = 1;

    private constructor(
        private readonly workspace: Workspace,
        readonly name: string,
        private readonly parts: HostParts,
        readonly network: Network,
        private disks: readonly HostDisk[],
    ) {
        this.rootFile = this.file("root.img");
    }

    /** A host that has never booted. Its root disk is mounted: `path` reaches into it. */
    static async launch(workspace: Workspace, agentArchive: string, parts: HostParts): Promise<Host> {
        const name = workspace.nextName();
        fs.mkdirSync(workspace.namespace.path(workspace.file(name)));
        const network = await Network.start(workspace.namespace, name, {
            instanceId: `i-${name.replace(/\D/g, "").padStart(17, "0")}`,
            userDataBase64: encoded(parts.userData),
            clusters: parts.clusters,
            agentArchive,
            instanceType: parts.isXen ? "m4.large" : "m5.large",
            s3IsOpen: parts.s3IsOpen,
            isBehindProxy: parts.isBehindProxy ?? false,
        });
        const host = new Host(workspace, name, parts, network, parts.disks);
        await makeRootDisk(workspace, host.rootFile, parts.generation);
        await mountRootDisk(workspace, host.rootFile, host.root);
        await installStandIns(workspace, host.root, parts.generation, parts.agentUnit);
        if (parts.agentStartSeconds !== undefined) {
            const file = path.join(workspace.namespace.path(host.root), "etc/stand-in-agent-start-seconds");
            fs.writeFileSync(file, String(parts.agentStartSeconds));
        }
        await unmountRootDisk(workspace, host.root);
        return host;
    }

    private file(name: string): string {
        return this.workspace.file(this.name, name);
    }

    private get root(): string {
        return this.file("root");
    }

    /** Does something to the root disk of the host while it is off. */
    async whileOff(change: (root: string, inNamespace: string) => Promise<void> | void): Promise<void> {
        await mountRootDisk(this.workspace, this.rootFile, this.root);
        await change(this.workspace.namespace.path(this.root), this.root);
        await unmountRootDisk(this.workspace, this.root);
    }

    /** The machine that runs, or ran last. */
    get machine(): Machine {
        if (this.booted === undefined) {
            throw new Error(`host ${this.name} has not booted`);
        }
        return this.booted;
    }

    get diskFiles(): readonly HostDisk[] {
        return this.disks;
    }

    /** Boots, and attaches volumes when EC2 would. */
    async boot(): Promise<Machine> {
        const rootDevice = await mountRootDisk(this.workspace, this.rootFile, this.root);
        this.blocks = new SysBlock(
            this.workspace.namespace.path(this.file("sys-block")),
            this.parts.isXen ?? false,
        );
        const root = { volumeId: "vol0root", deviceName: "/dev/xvda" };
        this.blocks.announce(0, root);
        const devices: Record<string, string> = { [this.blocks.node(0, root)]: rootDevice };
        const late: (() => Promise<void>)[] = [];
        for (const [index, disk] of this.disks.entries()) {
            const number = index + 1;
            const after = disk.attachedAfterSeconds ?? 0;
            if (after === "never") {
                continue;
            }
            const attached = await AttachedDisk.attach(this.workspace, disk.file);
            this.attached.push(attached);
            if (after === 0 || this.nextCopy > 1) {
                this.blocks.announce(number, disk);
                devices[this.blocks.node(number, disk)] = `/dev/loop${attached.loop}`;
            } else {
                late.push(async () => {
                    await sleep(after * 1000);
                    await this.plugIn(number, disk, attached.loop);
                });
            }
        }
        this.booted = await Machine.boot(this.workspace, {
            name: this.name,
            root: this.root,
            network: this.name,
            sysBlock: this.file("sys-block"),
            devices,
            folders: this.parts.folders ?? {},
            environment: this.parts.environment ?? {},
            consoleFile: this.file("console"),
        });
        this.lateDisks = Promise.all(late.map((plug) => plug()));
        return this.machine;
    }

    private blocks!: SysBlock;
    private lateDisks: Promise<unknown> = Promise.resolve();

    private async plugIn(number: number, disk: HostDisk, loop: number): Promise<void> {
        const node = this.blocks.node(number, disk);
        await this.machine.exec(["mknod", node, "b", "7", String(loop)]);
        this.blocks.announce(number, disk);
        await this.machine.exec(["/usr/lib/stand-ins/udev-links"]);
    }

    /** Shuts down in good order; the disks are as they were then. */
    async powerOff(): Promise<void> {
        await this.machine.powerOff();
        await this.release();
    }

    /** Keeps what has reached the disks by now, and drops everything else. */
    async cutPower(): Promise<void> {
        const copyNumber = this.nextCopy;
        this.nextCopy += 1;
        const rootCopy = this.file(`root.${copyNumber}.img`);
        const disks = this.disks.map((disk) => ({ ...disk, file: `${disk.file}.${copyNumber}` }));
        await this.workspace.copyDisk(this.rootFile, rootCopy);
        await Promise.all(
            this.disks.map(({ file }, index) => this.workspace.copyDisk(file, disks[index]!.file)),
        );
        await this.machine.cutPower();
        await this.release();
        this.rootFile = rootCopy;
        this.disks = disks;
    }

    private async release(): Promise<void> {
        await this.lateDisks.catch(() => undefined);
        await unmountRootDisk(this.workspace, this.root);
        await Promise.all(this.attached.map((disk) => disk.detach()));
        this.attached = [];
    }

    /** The host and its root disk are no more; its volumes stay. */
    async terminate(): Promise<void> {
        if (this.booted?.isRunning) {
            await this.booted.cutPower();
            await this.release();
        }
        await this.network.stop();
        fs.rmSync(this.workspace.namespace.path(this.file("")), { recursive: true, force: true });
    }
}

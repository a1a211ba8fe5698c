import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostCase } from "./cases";
import { signatureOf } from "./machine/disks";
import type { Host } from "./machine/host";
import { settled } from "./machine/settle";
import { DiskWatch } from "./observe";
import type { Rig } from "./rig";
import { bootOnce, launch, makeDisks, type CaseResult } from "./runCase";

const trap = path.join(__dirname, "machine", "powerCut", "trap.sh");
const never = 1_000_000_000;
const imageStore = "var/lib/docker-storage.btrfs";
const limitSeconds = 60;

/** What became of a host whose power was cut, and where that was. */
export interface PowerCutResult extends CaseResult {
    readonly command: string;
}

/** The folder in which a machine counts its commands and is told at which to stop. */
class CommandCounter {
    constructor(
        private readonly rig: Rig,
        readonly folder = rig.workspace.file(`power-cut-${rig.workspace.nextName()}`),
    ) {
        fs.mkdirSync(this.file(""));
        fs.copyFileSync(trap, this.file("trap.sh"));
        this.write("count", 0);
        this.write("at", never);
    }

    private file(name: string): string {
        return path.join(this.rig.workspace.namespace.path(this.folder), name);
    }

    write(name: "at" | "count", value: number): void {
        fs.writeFileSync(this.file(name), `${value}\n`);
    }

    get count(): number {
        return Number(fs.readFileSync(this.file("count"), "utf8"));
    }

    /** @returns the command at which the machine has stopped; undefined when it came to its end without */
    get reached(): string | undefined {
        return fs.existsSync(this.file("reached"))
            ? fs.readFileSync(this.file("reached"), "utf8").trim()
            : undefined;
    }
}

async function launchCounted(rig: Rig, hostCase: HostCase, counter: CommandCounter): Promise<Host> {
    const host = await launch(rig, hostCase, await makeDisks(rig, hostCase), {
        folders: { "/run/power-cut": counter.folder },
    });
    await host.whileOff((root) => {
        const folder = path.join(root, "etc/systemd/system.conf.d");
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(
            path.join(folder, "power-cut.conf"),
            "[Manager]\nDefaultEnvironment=BASH_ENV=/run/power-cut/trap.sh\n",
        );
    });
    return host;
}

/** How many commands prepare the host of a case in its first boot. */
export async function countCommands(rig: Rig, hostCase: HostCase): Promise<number> {
    const counter = new CommandCounter(rig);
    const host = await launchCounted(rig, hostCase, counter);
    try {
        const machine = await host.boot();
        rig.counts.boots += 1;
        await settled(machine, host.network, 0);
        return counter.count;
    } finally {
        await host.terminate();
    }
}

/** Cuts the power in the first boot, before the command of a number, and boots what is on the disks then. */
export async function cutPowerAt(
    rig: Rig,
    hostCase: HostCase,
    commandNumber: number,
): Promise<PowerCutResult> {
    const counter = new CommandCounter(rig);
    counter.write("at", commandNumber);
    const host = await launchCounted(rig, hostCase, counter);
    const watch = await DiskWatch.start(rig.workspace, host.diskFiles);
    try {
        await host.boot();
        rig.counts.boots += 1;
        const command = await stopped(counter);
        await host.cutPower();
        rig.counts.powerCuts += 1;
        await watch.look(host.diskFiles);
        const storeBefore = await storeOf(rig, host);
        counter.write("at", never);
        const boot = await bootOnce(rig, host, hostCase);
        await host.powerOff();
        await watch.look(host.diskFiles);
        const storeAfter = await storeOf(rig, host);
        const isStoreUsed = hostCase.facts.storage.mode === "imageStore";
        const isStoreLost = isStoreUsed && storeBefore !== "" && storeBefore !== storeAfter;
        return {
            boots: [boot],
            formatted: watch.formatted,
            lost: isStoreLost ? [...watch.lost, imageStore] : watch.lost,
            command: `${commandNumber}: ${command}`,
        };
    } finally {
        await host.terminate();
    }
}

async function stopped(counter: CommandCounter): Promise<string> {
    const until = performance.now() + limitSeconds * 1000;
    while (performance.now() < until) {
        const command = counter.reached;
        if (command !== undefined && command !== "") {
            return command;
        }
        await sleep(5);
    }
    throw new Error(`the host never came to the command at which its power is cut; it ran ${counter.count}`);
}

/** What is in the file that is the image's own docker store. */
async function storeOf(rig: Rig, host: Host): Promise<string> {
    let found = "";
    await host.whileOff(async (_, inside) => {
        const file = path.join(inside, imageStore);
        const exists = fs.existsSync(rig.workspace.namespace.path(file));
        found = exists ? await signatureOf(rig.workspace, file) : "";
    });
    return found;
}

import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostCase } from "./cases";
import { CommandCounter, type BootPart } from "./commandCounter";
import { signatureOf } from "./machine/disks";
import type { Host } from "./machine/host";
import { settled } from "./machine/settle";
import { DiskWatch } from "./observe";
import type { Rig } from "./rig";
import { bootOnce, clustersAskedFor, counted, launch, makeDisks, type CaseResult } from "./runCase";
import { tally } from "./tally";

const imageStore = "var/lib/docker-storage.btrfs";
const limitSeconds = 60;
const countsIn = "/run/power-cut";
/** What every bash reads first whose commands are to be counted, by its variable BASH_ENV. */
export const counting = `${countsIn}/trap.sh`;

/** What became of a host whose power was cut, and where that was. */
export interface PowerCutResult extends CaseResult {
    readonly command: string;
}

/** A host whose commands are counted. @param clusters where it may register; in its own unless said */
export async function launchCounted(
    rig: Rig,
    hostCase: HostCase,
    counter: CommandCounter,
    clusters: readonly string[] = [hostCase.facts.clusterName],
): Promise<Host> {
    const host = await launch(rig, hostCase, await makeDisks(rig, hostCase.disks), {
        folders: { [countsIn]: counter.folder },
        clusters,
    });
    await host.whileOff((root) => {
        const folder = path.join(root, "etc/systemd/system.conf.d");
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(
            path.join(folder, "power-cut.conf"),
            `[Manager]\nDefaultEnvironment=BASH_ENV=${counting}\n`,
        );
    });
    return host;
}

/** How many commands prepare the host of a case in its first boot. */
export async function countCommands(rig: Rig, hostCase: HostCase): Promise<CommandCounter> {
    const counter = new CommandCounter(rig);
    const host = await launchCounted(rig, hostCase, counter);
    try {
        const machine = await host.boot();
        tally.boots += 1;
        await settled(machine, host.network, 0);
        return counter;
    } finally {
        await host.terminate();
    }
}

/** Cuts the power in the first boot, before one command of a part, and boots what is on the disks then. */
export async function cutPowerAt(
    rig: Rig,
    hostCase: HostCase,
    part: BootPart,
    commandNumber: number,
): Promise<PowerCutResult> {
    const counter = new CommandCounter(rig);
    counter.stopAt(part, commandNumber);
    const host = await launchCounted(rig, hostCase, counter);
    const watch = await DiskWatch.start(rig.workspace, host.diskFiles);
    try {
        await host.boot();
        tally.boots += 1;
        const command = await stopped(counter, part);
        await host.cutPower();
        tally.powerCuts += 1;
        tally.powerCutsInBootstrap += part === "bootstrap" ? 1 : 0;
        await watch.look(host.diskFiles);
        const storeBefore = await storeOf(rig, host);
        counter.stopNowhere();
        const boot = await bootOnce(host, hostCase);
        await host.powerOff();
        await watch.look(host.diskFiles);
        const isStoreLost =
            hostCase.expected.storage?.on === "imageStore" &&
            storeBefore !== "" &&
            storeBefore !== (await storeOf(rig, host));
        return counted(hostCase, {
            boots: [boot],
            formatted: watch.formatted,
            lost: isStoreLost ? [...watch.lost, imageStore] : watch.lost,
            clusters: clustersAskedFor(host),
            command,
        });
    } finally {
        await host.terminate();
    }
}

/** @returns the command that the host has stopped at */
export async function stopped(counter: CommandCounter, part: BootPart): Promise<string> {
    const until = performance.now() + limitSeconds * 1000;
    while (performance.now() < until) {
        const command = counter.reached;
        if (command !== undefined) {
            return command;
        }
        await sleep(5);
    }
    throw new Error(
        `the host never came to its power cut; it ran ${counter.count(part)} commands of ${part}`,
    );
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

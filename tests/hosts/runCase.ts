import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseBootLog, type BootStep } from "../../components/model/bootLog";
import { packUserData } from "../../components/model/userData";
import type { HostCase } from "./cases";
import { makeDisk, type DiskFacts } from "./machine/disks";
import { Host, type HostDisk } from "./machine/host";
import type { AwsEvent } from "./machine/network";
import { journalOf, settled } from "./machine/settle";
import { dockerOf, DiskWatch, packagesOf, type DockerState } from "./observe";
import { fillRootDisk } from "./fullDisk";
import type { Rig } from "./rig";
import { tally } from "./tally";

/** What one boot came to. */
export interface BootResult {
    /** The cluster that took the host in, if one did. */
    readonly registered: string | undefined;
    /** What its agent has registered of it. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly steps: readonly BootStep[];
    readonly docker: DockerState | undefined;
    /** Seconds from the agent's registration to the installation of a package, by its name. */
    readonly packages: Readonly<Record<string, number>>;
    /** The last lines of the journal, for whoever looks for the cause of a failure. */
    readonly journal: string;
}

/** What became of the host of a case, boot by boot, and of its volumes. */
export interface CaseResult {
    readonly boots: readonly BootResult[];
    readonly formatted: readonly string[];
    /** Volumes whose content from before is gone. */
    readonly lost: readonly string[];
    /** What was asked of the proxy, where there is one. */
    readonly proxied?: readonly string[];
    /** The clusters that the agent has asked for, also where it was refused. */
    readonly clusters: readonly string[];
}

export const survivingImage = "kept:1";

/** Boots the host of a case as often as it says, on real machines. */
export async function runCase(rig: Rig, hostCase: HostCase): Promise<CaseResult> {
    const disks = await makeDisks(rig, hostCase.disks);
    const watch = await DiskWatch.start(rig.workspace, disks);
    const boots: BootResult[] = [];
    const clusters: string[] = [];
    let host = await launch(rig, hostCase, disks);
    try {
        for (let number = 1; number <= (hostCase.boots ?? 1); number += 1) {
            if (number > 1 && hostCase.isReplaced) {
                const { diskFiles } = host;
                clusters.push(...clustersAskedFor(host));
                await host.terminate();
                host = await launch(rig, hostCase, diskFiles);
            }
            const isFull = hostCase.bootWithFullRootDisk === number;
            const filler = isFull ? await fillRootDisk(rig, host) : undefined;
            boots.push(await bootOnce(host, hostCase));
            if (hostCase.isReplaced && number === 1) {
                await rig.loadImage(host.machine, survivingImage);
            }
            if (number < (hostCase.boots ?? 1)) {
                await host.powerOff();
                await filler?.();
                await watch.look(host.diskFiles);
            }
        }
    } finally {
        await host.terminate();
    }
    await watch.look(host.diskFiles);
    clusters.push(...clustersAskedFor(host));
    const proxied = host.network.events.flatMap(({ event, request = "" }) =>
        event === "proxied" ? request : [],
    );
    return counted(hostCase, { boots, formatted: watch.formatted, lost: watch.lost, proxied, clusters });
}

/** By every agent on the host in all its boots. */
export function clustersAskedFor({ network }: Host): string[] {
    return network.events.filter(isRegistration).map(({ cluster = "" }) => cluster);
}

function isRegistration({ event }: AwsEvent): boolean {
    return event === "RegisterContainerInstance" || event === "CreateCluster";
}

/** Adds a result to what the run comes to. */
export function counted<T extends CaseResult>({ facts }: HostCase, result: T): T {
    tally.cases += 1;
    tally.formatsOverData += result.lost.length;
    tally.wrongRegistrations += result.clusters.filter((cluster) => cluster !== facts.clusterName).length;
    return result;
}

export async function makeDisks(rig: Rig, disks: readonly DiskFacts[] = []): Promise<HostDisk[]> {
    const folder = rig.workspace.file(`disks-${rig.workspace.nextName()}`);
    fs.mkdirSync(rig.workspace.namespace.path(folder));
    const made: HostDisk[] = [];
    for (const disk of disks) {
        const file = path.join(folder, disk.volumeId);
        await makeDisk(rig.workspace, file, disk.content);
        made.push({ ...disk, file });
    }
    return made;
}

/** The host of a case, before its first boot. */
export async function launch(
    rig: Rig,
    hostCase: HostCase,
    disks: readonly HostDisk[],
    more: Partial<Pick<Parameters<typeof Host.launch>[2], "folders" | "environment" | "clusters">> = {},
): Promise<Host> {
    const {
        facts,
        agentUnit,
        agentMemory,
        network,
        volumeWaitSeconds,
        updateServers,
        isXen = false,
    } = hostCase;
    const packed = packUserData(facts);
    const userData =
        "base64" in packed || volumeWaitSeconds === undefined
            ? packed
            : {
                  text: packed.text.replace(
                      "volume_wait_seconds=600",
                      `volume_wait_seconds=${volumeWaitSeconds}`,
                  ),
              };
    const host = await Host.launch(rig.workspace, rig.agentArchive, {
        generation: facts.generation,
        agentUnit,
        userData,
        clusters: [facts.clusterName],
        s3IsOpen: (network?.s3ReachableAfterSeconds ?? 0) === 0,
        isBehindProxy: network?.isBehindProxy ?? false,
        disks,
        isXen,
        ...more,
    });
    if (updateServers !== undefined) {
        await host.whileOff((root) => {
            const at = (name: string) => path.join(root, "etc", name);
            fs.writeFileSync(at("stand-in-registration-seconds"), `${updateServers.registerAfterSeconds}\n`);
            fs.writeFileSync(at("stand-in-repository"), `${updateServers.packages.join("\n")}\n`);
        });
    }
    if (agentMemory !== undefined) {
        await host.whileOff((root) => remember(root, agentMemory.registeredCluster));
    }
    return host;
}

/** The agent's database holds its ARN among other bytes (amazon-ecs-agent, agent/data). */
function remember(root: string, cluster: string): void {
    const arn = `arn:aws:ecs:eu-central-1:123456789012:container-instance/${cluster}/0123456789abcdef`;
    fs.mkdirSync(path.join(root, "var/lib/ecs/data"), { recursive: true });
    fs.writeFileSync(path.join(root, "var/lib/ecs/data/agent.db"), `\0\u0001ContainerInstanceArn\0${arn}\0`);
}

/** One boot to its end; the machine is still on then. */
export async function bootOnce(host: Host, { network }: HostCase): Promise<BootResult> {
    const eventsBefore = host.network.events.length;
    const machine = await host.boot();
    tally.boots += 1;
    await Promise.all([
        settled(machine, host.network, eventsBefore, network?.isDown),
        sleep((network?.s3ReachableAfterSeconds ?? 0) * 1000).then(() => host.network.openS3()),
    ]);
    const registration = host.network.events
        .slice(eventsBefore)
        .filter(isRegistration)
        .find(({ accepted }) => accepted);
    return {
        registered: registration?.cluster,
        attributes: registration?.attributes ?? {},
        steps: parseBootLog(machine.console()),
        docker: await dockerOf(machine),
        packages: await packagesOf(machine, performance.timeOrigin + (registration?.at ?? NaN)),
        journal: await journalOf(machine),
    };
}

import { logOfRestart } from "../../hosts/commands/restart";
import type { Decision } from "../../hosts/decide/decision";
import type { KeptHost } from "../keeping/keptHost";
import { pick } from "../keeping/pick";
import type { FirstBootFacts } from "./gatherFacts";

/** Where a host is in its life. */
export type HostPhase =
    "booting" | "waiting" | "registered" | "deregistered" | "failed" | "stopped" | "terminated";

/** What is with a host that stands still as it was while it ran. */
const lasting = ["boots", "firstBoot", "registeredCluster", "movedTo", "installed", "wasManaged"] as const;

/** EC2 keeps the last 64 KiB of console output. Source: API reference of GetConsoleOutput. */
const consoleBytes = 65_536;

/** One host, as long as its instance is remembered. */
export class SimulatedHost {
    phase: HostPhase = "booting";
    /** Rises with every boot, stop and end, so that work for an earlier boot knows that it is late. */
    epoch = 0;
    /** Boots begun, the present one included. */
    boots = 0;
    firstBoot: FirstBootFacts | undefined;
    registeredCluster: string | undefined;
    /** The cluster that a command has brought it to, whatever its user data says. */
    movedTo: string | undefined;
    /** Names of the capabilities that its bootstrap has installed files for. */
    installed: readonly string[] = [];
    /** Packages with container images that a command has installed. */
    readonly containerPackages = new Set<string>();
    decision: Decision | undefined;
    volumeWaitOver = false;
    downloadWaitOver = false;
    waitingFor: "volume" | "download" | undefined;
    deadline: NodeJS.Timeout | undefined;
    /** Systems Manager has heard of it. */
    wasManaged = false;
    private isRestart = false;
    private earlierLog = "";
    private earlierJournal = "";

    constructor(
        readonly region: string,
        readonly instanceId: string,
    ) {}

    /** One that stands still. */
    static again(kept: KeptHost): SimulatedHost {
        const host = new SimulatedHost(kept.region, kept.instanceId);
        Object.assign(host, pick(kept, lasting));
        host.phase = "stopped";
        kept.containerPackages.forEach((name) => host.containerPackages.add(name));
        host.earlierLog = kept.console;
        host.earlierJournal = kept.journal;
        return host;
    }

    keep(): KeptHost {
        return {
            ...pick(this, [...lasting, "region", "instanceId", "containerPackages", "console", "journal"]),
            isOn: this.phase !== "stopped" && this.phase !== "terminated",
        };
    }

    /** Console output of all boots. */
    get console(): string {
        const { log = "" } = this.decision ?? {};
        return `${this.earlierLog}${this.isRestart && log !== "" ? logOfRestart(log) : log}`.slice(
            -consoleBytes,
        );
    }

    /** What the journal holds of all boots. */
    get journal(): string {
        const { journal = "" } = this.decision ?? {};
        return `${this.earlierJournal}${this.isRestart && journal !== "" ? logOfRestart(journal) : journal}`;
    }

    /** Waiting for something, or failing in a way that is tried again: to register, or to stay connected. */
    get isPending(): boolean {
        const { phase, decision } = this;
        return (
            phase === "waiting" ||
            (phase === "failed" && decision?.kind === "stopped" && decision.retries) ||
            (phase === "registered" && decision?.kind === "registered" && !decision.connected)
        );
    }

    /** The host as `GET /_local/hosts` shows it: with the step at which it stopped, or what it waits for. */
    get view(): object {
        const { instanceId, phase, decision } = this;
        return {
            instanceId,
            phase,
            ...(decision?.kind === "registered" && { clusterName: decision.clusterName }),
            ...(decision?.kind === "waiting" && { step: decision.for }),
            ...(decision?.kind === "stopped" && { step: decision.step, reason: decision.reason }),
        };
    }

    /** Its bootstrap and its agent begin again, as systemd does it: nothing else of the host has changed. */
    restartAgent(): void {
        this.epoch += 1;
        this.phase = "booting";
        this.keepLogs();
        this.decision = undefined;
        this.isRestart = true;
        this.volumeWaitOver = false;
        this.downloadWaitOver = false;
    }

    /** A new boot begins. */
    powerOn(): void {
        this.powerOff("booting");
        this.boots += 1;
        this.isRestart = false;
        this.volumeWaitOver = false;
        this.downloadWaitOver = false;
    }

    powerOff(phase: HostPhase): void {
        this.epoch += 1;
        this.phase = phase;
        this.keepLogs();
        this.decision = undefined;
    }

    private keepLogs(): void {
        [this.earlierLog, this.earlierJournal] = [this.console, this.journal];
    }
}

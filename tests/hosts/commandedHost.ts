import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { SlesGeneration } from "../../components/model/images/hostImageName";
import { agentUnit, paths } from "../../components/model/userData/paths";
import type { HostCase } from "./cases";
import { facts, onImageStore } from "./cases/parts";
import { CommandCounter, type BootPart } from "./commandCounter";
import type { Host } from "./machine/host";
import type { AgentUnit } from "./machine/rootDisk";
import { journalOf, settled } from "./machine/settle";
import { counting, launchCounted, stopped } from "./powerCut";
import type { Rig } from "./rig";
import { tally } from "./tally";

/** Where hosts are from, and where they are moved to. */
export const own = "dev";
export const other = "batch";

const limitSeconds = 150;
const scriptFile = "/run/sles-ecs-command";

interface Wish {
    readonly generation: SlesGeneration;
    readonly agentUnit?: AgentUnit;
    /** @default true */
    readonly s3IsOpen?: boolean;
}

/** How a script has ended on a host, and what it has said. */
export interface ScriptEnd {
    readonly exitCode: number;
    readonly said: string;
}

/** A booted host on which scripts run as Systems Manager's Run Command runs them. */
export class CommandedHost {
    private constructor(
        private readonly host: Host,
        private readonly counter: CommandCounter,
    ) {}

    /** Boots one until its bootstrap is through, and where S3 is open until its agent has joined. */
    static async boot(rig: Rig, { generation, agentUnit, s3IsOpen = true }: Wish): Promise<CommandedHost> {
        const hostCase: HostCase = {
            name: `SLES ${generation}`,
            facts: facts({ generation, clusterName: own }),
            agentUnit,
            network: { s3ReachableAfterSeconds: s3IsOpen ? 0 : Infinity },
            expected: onImageStore(generation),
        };
        const counter = new CommandCounter(rig);
        const host = await launchCounted(rig, hostCase, counter, [own, other]);
        const commanded = new CommandedHost(host, counter);
        if (s3IsOpen) {
            await commanded.reboot();
        } else {
            await host.boot();
            tally.boots += 1;
            await commanded.until(
                "its bootstrap",
                async () => (await commanded.read(paths.ready)) !== "none",
            );
        }
        return commanded;
    }

    /** Boots, also for the first time, and waits until the agent has joined. @returns where */
    async reboot(): Promise<string | undefined> {
        const before = this.host.network.events.length;
        const machine = await this.host.boot();
        tally.boots += 1;
        await settled(machine, this.host.network, before);
        return this.joined(before);
    }

    powerOff(): Promise<void> {
        return this.host.powerOff();
    }

    openS3(): void {
        this.host.network.openS3();
    }

    /** Clusters that the agent has asked for by now, one after the other. */
    get clusters(): readonly string[] {
        return this.host.network.events.flatMap(({ event, cluster }) =>
            event === "RegisterContainerInstance" || event === "CreateCluster" ? (cluster ?? "default") : [],
        );
    }

    private joined(since: number): string | undefined {
        return this.host.network.events.slice(since).find(({ accepted }) => accepted)?.cluster;
    }

    /** Runs a script to its end. */
    async run(script: string): Promise<ScriptEnd> {
        const text = await this.exec(script, 'set +e; "$@" 2>&1; echo "exit code $?"');
        const [, said = "", exitCode] = /^([\s\S]*)exit code (\d+)\n$/.exec(text) ?? [];
        return { exitCode: Number(exitCode), said: said.trim() };
    }

    /** Runs a script until a command of a part, and cuts the power there. @returns the command */
    async cutPowerWithin(script: string, part: BootPart, commandNumber: number): Promise<string> {
        this.counter.stopAt(part, this.counter.count(part) + commandNumber);
        // It never ends by itself: the machine is gone before.
        const running = this.exec(script, '"$@"; exit $?').catch(() => undefined);
        const command = await stopped(this.counter, part);
        await this.host.cutPower();
        tally.powerCuts += 1;
        this.counter.stopNowhere();
        await running;
        return command;
    }

    /** How many commands of each part a script takes. */
    async counted(script: string): Promise<Readonly<Record<"command" | "bootstrap", number>>> {
        const counts = () => (["command", "bootstrap"] as const).map((part) => this.counter.count(part));
        const [command = 0, bootstrap = 0] = counts();
        const { exitCode, said } = await this.run(script);
        if (exitCode !== 0) {
            throw new Error(said);
        }
        const [commands = 0, bootstraps = 0] = counts();
        return { command: commands - command, bootstrap: bootstraps - bootstrap };
    }

    private exec(script: string, how: string): Promise<string> {
        fs.writeFileSync(this.host.machine.path(scriptFile), script);
        const asRunCommand = ["env", `BASH_ENV=${counting}`, "bash", scriptFile];
        // SLES has bash for its sh. The outer shell stays, and is none of those whose commands are counted: nsenter stops
        // with the process that it has started.
        return this.host.machine.exec(["sh", "-c", how, "-", ...asRunCommand], limitSeconds * 1000);
    }

    /** Where a file of it is on this machine. */
    path(file: string): string {
        return this.host.machine.path(file);
    }

    /** What a file holds; `none` where there is none. */
    async read(file: string): Promise<string> {
        const print = 'cat -v "$1" 2>/dev/null || echo none';
        return (await this.host.machine.exec(["sh", "-c", print, "-", file])).trimEnd();
    }

    /** Every file that is not a log, a socket or docker's, with its size and when it was written and changed. */
    files(): Promise<string> {
        const find =
            "find /etc /usr/local /var/lib/ecs /var/lib/sles-ecs /var/cache/ecs /var/tmp /root -printf '%p %s %T@ %C@\\n' | sort";
        return this.host.machine.exec(["sh", "-c", find]);
    }

    /** The first process of a unit, by which one that was started anew is told from one that ran on. */
    async processOf(unit: string): Promise<string> {
        return (await this.host.machine.exec(["systemctl", "show", "-P", "MainPID", unit])).trim();
    }

    /** Waits until the agent has asked for its cluster once more, and runs. */
    async joins(cluster: string, times: number): Promise<void> {
        const count = () => this.clusters.filter((one) => one === cluster).length;
        await this.until(`joining ${cluster}`, async () => {
            const state = await this.host.machine.exec(["systemctl", "show", "-P", "ActiveState", agentUnit]);
            return count() >= times && state.trim() === "active";
        });
    }

    private async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
        const end = performance.now() + limitSeconds * 1000;
        while (!(await isSo())) {
            if (performance.now() > end) {
                throw new Error(`no sign of ${what}:\n${await journalOf(this.host.machine)}`);
            }
            await sleep(200);
        }
    }

    terminate(): Promise<void> {
        return this.host.terminate();
    }
}

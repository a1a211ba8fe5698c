import type { Cloud, Hosts, ManagedHost } from "../cloud";
import { deregisterInstance, disconnectInstance, registerHost } from "../ecs/registration";
import { decideBoot } from "../../hosts/decide/decideBoot";
import { answerOfContainers } from "../../hosts/commands/containers";
import { always, noShell, readHostCommand, type ScriptAnswer } from "../../hosts/commands/hostCommand";
import { noBootstrap } from "../../hosts/commands/move";
import { examine } from "../../hosts/commands/examine";
import { printLog } from "../../hosts/commands/printLog";
import { answerOfRestart, lost } from "../../hosts/commands/restart";
import type { Decision } from "../../hosts/decide/decision";
import { formatted, type HostFacts } from "../../hosts/decide/hostFacts";
import type { OwnedInstance } from "../../provider/aws/ec2LookUps";
import type { KeptHost } from "../keeping/keptHost";
import { managedHost } from "./managedHost";
import { findRunning, gatherFacts, gatherFirstBoot } from "./gatherFacts";
import { knownHost } from "./knownHost";
import { SimulatedHost } from "./simulatedHost";
import { Surroundings } from "./surroundings";

/** How long things may settle before waiting hosts look again. */
const settleSeconds = 0.05;

/**
 * Runs the hosts behind the instances of the local cloud. It acts when the front tells it of a change, and
 * never polls.
 */
export class HostSimulator implements Hosts {
    private readonly hosts = new Map<string, SimulatedHost>();
    private readonly underWay = new Set<Promise<void>>();
    private readonly surroundings: Surroundings;
    private settling: NodeJS.Timeout | undefined;
    /** Counts the changes that the front told of. */
    private changes = 0;

    constructor(
        private readonly cloud: Pick<
            Cloud,
            "moto" | "ecs" | "volumes" | "ailments" | "timers" | "locks" | "settings"
        >,
    ) {
        this.surroundings = new Surroundings(cloud.moto);
    }

    started(region: string, instanceIds: readonly string[]): void {
        for (const instanceId of instanceIds) {
            const host = this.hosts.get(instanceId) ?? new SimulatedHost(region, instanceId);
            if (host.boots === 0 || host.phase === "stopped") {
                this.hosts.set(instanceId, host);
                this.boot(host);
            }
        }
    }

    rebooted(instanceIds: readonly string[]): void {
        for (const host of this.known(instanceIds)) {
            disconnectInstance(this.cloud, host.instanceId, "rebooted");
            this.boot(host);
        }
    }

    stopped(instanceIds: readonly string[]): void {
        for (const host of this.known(instanceIds)) {
            this.end(host, "stopped");
            disconnectInstance(this.cloud, host.instanceId, "stopped");
        }
    }

    agentStopped(instanceId: string): void {
        disconnectInstance(this.cloud, instanceId, "stopped");
    }

    /**
     * An agent that is told that its instance is INACTIVE comes back after an hour, and registers only at its next start.
     * Source: https://github.com/aws/amazon-ecs-agent, inactiveInstanceReconnectDelay. That a new boot registers a new host
     * is unverified.
     */
    deregistered(instanceId: string): void {
        for (const host of this.known([instanceId]).filter(({ phase }) => phase === "registered")) {
            host.phase = "deregistered";
        }
    }

    terminated(instanceIds: readonly string[]): void {
        for (const instanceId of instanceIds) {
            const host = this.hosts.get(instanceId);
            if (host !== undefined) {
                this.end(host, "terminated");
            }
            deregisterInstance(this.cloud, instanceId);
        }
    }

    /** Lets hosts that wait, or keep trying, look again, once things have settled. */
    worldChanged(): void {
        this.changes += 1;
        if ([...this.hosts.values()].some(({ isPending }) => isPending)) {
            this.lookAgain();
        }
    }

    async managed(region: string): Promise<readonly ManagedHost[]> {
        const hosts = [...this.hosts.values()].filter((host) => host.region === region);
        const looks = await Promise.all(
            hosts.map(async (host) => managedHost(host, await this.factsOf(host))),
        );
        return looks.flatMap((one) => one ?? []);
    }

    runScript(instanceId: string, text: string): () => ScriptAnswer {
        const host = this.hosts.get(instanceId);
        const command = readHostCommand(text);
        if (host === undefined || command === undefined) {
            return () => noShell;
        }
        switch (command.name) {
            case "start-agent":
                return this.restartAgent(host);
            case "move":
                return this.move(host, command.values["to_cluster"] ?? "");
            case "examine":
                return always(examine(host.journal, this.cloud.ailments.get(instanceId) ?? {}, command));
            case "logs":
                return always(printLog(host.journal, command.values));
            default:
                return always(answerOfContainers(command, host.containerPackages) ?? noShell);
        }
    }

    consoleOutput(instanceId: string): string | undefined {
        return this.hosts.get(instanceId)?.console;
    }

    list(): readonly object[] {
        return [...this.hosts.values()].map(({ view }) => view);
    }

    keep(): readonly KeptHost[] {
        const hosts = [...this.hosts.values()].filter(({ phase }) => phase !== "terminated");
        return hosts.map((host) => host.keep());
    }

    bringBack(kept: readonly KeptHost[]): void {
        for (const one of kept) {
            const host = SimulatedHost.again(one);
            this.hosts.set(host.instanceId, host);
            if (one.isOn) {
                this.boot(host);
            }
        }
    }

    async clear(): Promise<void> {
        for (const host of this.hosts.values()) {
            host.powerOff("terminated");
        }
        await Promise.allSettled(this.underWay);
        this.hosts.clear();
        this.settling = undefined;
    }

    private lookAgain(): void {
        if (this.settling !== undefined) {
            return;
        }
        this.settling = this.cloud.timers.after(settleSeconds, async () => {
            this.settling = undefined;
            await Promise.all(
                [...this.hosts.values()]
                    .filter(({ isPending }) => isPending)
                    .map((host) => this.decide(host, host.epoch)),
            );
        });
    }

    private known(instanceIds: readonly string[]): SimulatedHost[] {
        return instanceIds.flatMap((instanceId) => this.hosts.get(instanceId) ?? []);
    }

    private boot(host: SimulatedHost): void {
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        host.powerOn();
        const { epoch } = host;
        this.cloud.timers.after(Math.max(settleSeconds, this.cloud.settings.bootSeconds), async () => {
            await this.decide(host, epoch);
        });
    }

    /** As the bootstrap does it: without one there is nothing that would bring the host over. */
    private move(host: SimulatedHost, toCluster: string): () => ScriptAnswer {
        if (host.firstBoot?.userData.bootstrap === undefined) {
            return always(noBootstrap);
        }
        host.movedTo = toCluster;
        if (host.registeredCluster !== toCluster) {
            disconnectInstance(this.cloud, host.instanceId, "stopped");
        }
        return this.restartAgent(host);
    }

    private restartAgent(host: SimulatedHost): () => ScriptAnswer {
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        host.restartAgent();
        const { epoch } = host;
        this.cloud.timers.after(settleSeconds, () => this.decide(host, epoch));
        return () => answerOfRestart(host.epoch === epoch ? host.decision : lost);
    }

    private end(host: SimulatedHost, phase: "stopped" | "terminated"): void {
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        host.powerOff(phase);
    }

    /** Looks at the world as it is and acts on the verdict, unless the host has moved on meanwhile. */
    private async decide(host: SimulatedHost, epoch: number): Promise<void> {
        const work = this.cloud.locks.run(`host ${host.instanceId}`, () => this.decideNow(host, epoch));
        this.underWay.add(work);
        try {
            await work;
        } finally {
            this.underWay.delete(work);
        }
    }

    private async decideNow(host: SimulatedHost, epoch: number): Promise<void> {
        const instance = await findRunning(this.cloud, host.region, host.instanceId);
        if (instance === undefined || host.epoch !== epoch) {
            return;
        }
        const changesSeen = this.changes;
        const facts = await this.gather(host, instance);
        if (host.epoch === epoch && (host.phase === "booting" || host.isPending)) {
            await this.act(host, decideBoot(facts), facts.instanceType);
            // What changed while the host looked may be just what it wants.
            if (host.isPending && this.changes !== changesSeen) {
                this.lookAgain();
            }
        }
    }

    /** What the host depends on now; undefined where it does not run. */
    private async factsOf(host: SimulatedHost): Promise<HostFacts | undefined> {
        const instance = await findRunning(this.cloud, host.region, host.instanceId);
        return instance === undefined ? undefined : this.gather(host, instance);
    }

    private async gather(host: SimulatedHost, instance: OwnedInstance): Promise<HostFacts> {
        host.firstBoot ??= await gatherFirstBoot(this.cloud, host.region, instance);
        return gatherFacts(this.cloud, this.surroundings, knownHost(host, host.firstBoot), instance);
    }

    private async act(host: SimulatedHost, decision: Decision, instanceType: string): Promise<void> {
        host.decision = decision;
        if (decision.kind === "waiting") {
            this.wait(host, decision.for);
            return;
        }
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        decision.formattedVolumes.forEach((volumeId) => this.cloud.volumes.set(volumeId, formatted));
        if (decision.kind === "stopped") {
            host.phase = "failed";
            return;
        }
        const { epoch, region, instanceId } = host;
        await registerHost(this.cloud, { region, instanceId, instanceType }, decision);
        host.registeredCluster = decision.clusterName;
        host.installed = decision.installed;
        if (host.epoch === epoch) {
            host.phase = "registered";
        } else if (host.phase === "terminated") {
            deregisterInstance(this.cloud, instanceId);
        } else {
            disconnectInstance(this.cloud, host.instanceId, "stopped");
        }
    }

    private wait(host: SimulatedHost, what: "volume" | "download"): void {
        const { settings, timers } = this.cloud;
        const { epoch } = host;
        host.phase = "waiting";
        if (host.waitingFor === what) {
            return;
        }
        timers.cancel(host.deadline);
        host.waitingFor = what;
        const seconds = what === "volume" ? settings.volumeWaitSeconds : settings.downloadWaitSeconds;
        host.deadline = timers.after(seconds, async () => {
            host.volumeWaitOver ||= what === "volume";
            host.downloadWaitOver ||= what === "download";
            await this.decide(host, epoch);
        });
    }
}

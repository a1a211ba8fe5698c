import type { Cloud } from "../cloud";
import { disconnectHost, hostsOfInstance, registerHost, removeHost } from "../ecs/registration";
import { decideBoot } from "../../hosts/decide/decideBoot";
import type { Decision } from "../../hosts/decide/decision";
import { formatted } from "../../hosts/decide/hostFacts";
import { findRunning, gatherFacts, gatherFirstBoot } from "./gatherFacts";
import type { FirstBootFacts, KnownHost } from "./gatherFacts";
import { SimulatedHost } from "./simulatedHost";

/** How long things may settle before waiting hosts look again. */
const settleSeconds = 0.05;

/** A host as `GET /_local/hosts` shows it. */
export interface HostView {
    readonly instanceId: string;
    readonly phase: string;
    /** Step at which the boot stopped, or what it waits for. */
    readonly step?: string;
    readonly reason?: string;
    readonly clusterName?: string;
}

/**
 * Runs the hosts behind the instances of the local cloud. It acts when the front tells it of a change, and
 * never polls.
 */
export class HostSimulator {
    private readonly hosts = new Map<string, SimulatedHost>();
    private readonly underWay = new Set<Promise<void>>();
    private settling: NodeJS.Timeout | undefined;
    /** Counts the changes that the front told of. */
    private changes = 0;

    constructor(
        private readonly cloud: Pick<Cloud, "moto" | "ecs" | "volumes" | "timers" | "locks" | "settings">,
    ) {}

    /** Instances were launched, or started again. */
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
            this.disconnect(host, "rebooted");
            this.boot(host);
        }
    }

    stopped(instanceIds: readonly string[]): void {
        for (const host of this.known(instanceIds)) {
            this.end(host, "stopped");
            this.disconnect(host, "stopped");
        }
    }

    /**
     * ECS deregisters a host whose agent is connected when its instance is terminated. "Stopped container instances
     * or instances with disconnected agents aren't automatically deregistered when terminated".
     * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html
     */
    terminated(instanceIds: readonly string[]): void {
        for (const instanceId of instanceIds) {
            const host = this.hosts.get(instanceId);
            if (host !== undefined) {
                this.end(host, "terminated");
            }
            this.deregister(instanceId);
        }
    }

    /** Lets hosts that wait, or keep trying, look again, once things have settled. */
    worldChanged(): void {
        this.changes += 1;
        if ([...this.hosts.values()].some(isPending)) {
            this.lookAgain();
        }
    }

    /** What the host wrote to its console; missing for instances that are not simulated. */
    consoleOutput(instanceId: string): string | undefined {
        return this.hosts.get(instanceId)?.console;
    }

    list(): HostView[] {
        return [...this.hosts.values()].map(({ instanceId, phase, decision }) => ({
            instanceId,
            phase,
            ...(decision?.kind === "registered" && { clusterName: decision.clusterName }),
            ...(decision?.kind === "waiting" && { step: decision.for }),
            ...(decision?.kind === "stopped" && { step: decision.step, reason: decision.reason }),
        }));
    }

    /** Forgets all hosts, once nothing is under way for any of them. Timers are the caller's to clear. */
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
                [...this.hosts.values()].filter(isPending).map((host) => this.decide(host, host.epoch)),
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

    private end(host: SimulatedHost, phase: "stopped" | "terminated"): void {
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        host.powerOff(phase);
    }

    private deregister(instanceId: string): void {
        for (const record of hostsOfInstance(this.cloud, instanceId)) {
            if (record.agentConnected) {
                removeHost(this.cloud, record, `Host EC2 (instance ${instanceId}) terminated.`);
            }
        }
    }

    private disconnect(host: SimulatedHost, what: string): void {
        for (const record of hostsOfInstance(this.cloud, host.instanceId)) {
            disconnectHost(this.cloud, record, `Host EC2 (instance ${host.instanceId}) ${what}.`);
        }
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
        host.firstBoot ??= await gatherFirstBoot(this.cloud, host.region, instance);
        const facts = await gatherFacts(this.cloud, describe(host, host.firstBoot), instance);
        if (host.epoch === epoch && (host.phase === "booting" || isPending(host))) {
            await this.act(host, decideBoot(facts), facts.instanceType);
            // What changed while the host looked may be just what it wants.
            if (isPending(host) && this.changes !== changesSeen) {
                this.lookAgain();
            }
        }
    }

    private async act(host: SimulatedHost, decision: Decision, instanceType: string): Promise<void> {
        host.decision = decision;
        if (decision.kind === "waiting") {
            this.wait(host, decision.for);
            return;
        }
        this.cloud.timers.cancel(host.deadline);
        host.waitingFor = undefined;
        for (const volumeId of decision.formattedVolumes) {
            this.cloud.volumes.set(volumeId, formatted);
        }
        if (decision.kind === "stopped") {
            host.phase = "failed";
            return;
        }
        const { epoch, region, instanceId } = host;
        await registerHost(this.cloud, { region, instanceId, instanceType }, decision);
        host.registeredCluster = decision.clusterName;
        if (host.epoch === epoch) {
            host.phase = "registered";
        } else if (host.phase === "terminated") {
            this.deregister(host.instanceId);
        } else {
            this.disconnect(host, "stopped");
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
        host.deadline = timers.after(
            what === "volume" ? settings.volumeWaitSeconds : settings.downloadWaitSeconds,
            async () => {
                host.volumeWaitOver ||= what === "volume";
                host.downloadWaitOver ||= what === "download";
                await this.decide(host, epoch);
            },
        );
    }
}

/** Waiting for something, or failing in a way that is tried again: to register, or to stay connected. */
function isPending({ phase, decision }: SimulatedHost): boolean {
    return (
        phase === "waiting" ||
        (phase === "failed" && decision?.kind === "stopped" && decision.retries) ||
        (phase === "registered" && decision?.kind === "registered" && !decision.connected)
    );
}

function describe(host: SimulatedHost, firstBoot: FirstBootFacts): KnownHost {
    const { region, instanceId, boots, registeredCluster, volumeWaitOver, downloadWaitOver } = host;
    return {
        ...firstBoot,
        region,
        instanceId,
        memory: {
            earlierBoots: boots - 1,
            registeredCluster,
            // A host registers through the bootstrap only once that has written the cluster down.
            recordedCluster: firstBoot.userData.bootstrap === undefined ? undefined : registeredCluster,
        },
        patience: { volumeOver: volumeWaitOver, downloadOver: downloadWaitOver },
    };
}

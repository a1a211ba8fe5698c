import type { Cloud, HostEvents } from "../../cloud/cloud";
import { disconnectHost, hostsOfInstance, removeHost } from "../../cloud/ecs/registration";
import { decideBoot } from "../decide/decideBoot";
import type { Decision } from "../decide/decision";
import { formatted } from "../decide/hostFacts";
import { findRunning, gatherFacts, gatherUserData } from "./gatherFacts";
import { register } from "./register";
import { SimulatedHost } from "./simulatedHost";
import type { VolumeContents } from "./volumeContents";

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
export class HostSimulator implements HostEvents {
    private readonly hosts = new Map<string, SimulatedHost>();
    private readonly underWay = new Set<Promise<void>>();
    private settling: NodeJS.Timeout | undefined;
    /** Counts the changes that the front told of. */
    private changes = 0;

    constructor(
        private readonly cloud: Pick<Cloud, "moto" | "ecs" | "timers" | "locks" | "settings">,
        private readonly contents: VolumeContents,
    ) {}

    started(region: string, instanceIds: readonly string[]): void {
        for (const instanceId of instanceIds) {
            const host = this.hosts.get(instanceId) ?? new SimulatedHost(region, instanceId);
            if (host.boots === 0 || host.phase === "stopped") {
                this.hosts.set(instanceId, host);
                this.boot(host);
            }
        }
    }

    rebooted(_region: string, instanceIds: readonly string[]): void {
        for (const host of this.known(instanceIds)) {
            this.disconnect(host, "rebooted");
            this.boot(host);
        }
    }

    stopped(_region: string, instanceIds: readonly string[]): void {
        for (const host of this.known(instanceIds)) {
            this.end(host, "stopped");
            this.disconnect(host, "stopped");
        }
    }

    /**
     * ECS deregisters a host whose agent is connected when its instance is terminated. One that was stopped
     * before stays behind, unless settings say otherwise.
     */
    terminated(_region: string, instanceIds: readonly string[]): void {
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
            if (record.agentConnected || !this.cloud.settings.stoppedHostsStayRegistered) {
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
        const { moto } = this.cloud;
        const instance = await findRunning(moto, host.region, host.instanceId);
        if (instance === undefined || host.epoch !== epoch) {
            return;
        }
        const changesSeen = this.changes;
        host.userData ??= await gatherUserData(moto, host.region, host.instanceId);
        const facts = await gatherFacts(moto, this.contents, this.describe(host, host.userData), instance);
        if (host.epoch === epoch && (host.phase === "booting" || isPending(host))) {
            await this.act(host, decideBoot(facts), facts.instanceType);
            // What changed while the host looked may be just what it wants.
            if (isPending(host) && this.changes !== changesSeen) {
                this.lookAgain();
            }
        }
    }

    private describe(
        host: SimulatedHost,
        userData: NonNullable<SimulatedHost["userData"]>,
    ): Parameters<typeof gatherFacts>[2] {
        return {
            region: host.region,
            instanceId: host.instanceId,
            userData,
            memory: {
                earlierBoots: host.boots - 1,
                ...(host.registeredCluster !== undefined && { registeredCluster: host.registeredCluster }),
                // A host registers through the bootstrap only once that has written the cluster down.
                ...(host.registeredCluster !== undefined &&
                    userData.bootstrap !== undefined && { recordedCluster: host.registeredCluster }),
            },
            patience: { volumeOver: host.volumeWaitOver, downloadOver: host.downloadWaitOver },
        };
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
            this.contents.set(volumeId, formatted);
        }
        if (decision.kind === "stopped") {
            host.phase = "failed";
            return;
        }
        const { epoch } = host;
        await register(this.cloud, host.region, host.instanceId, instanceType, decision);
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

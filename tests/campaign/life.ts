import { readFile, truncate, writeFile } from "node:fs/promises";

import { DeleteVolumeCommand, DescribeVolumesCommand, EC2Client, type Volume } from "@aws-sdk/client-ec2";
import { parseDocument } from "yaml";

import type { Inventory } from "../engine/inventory";
import { follow } from "./following";
import { pointText, type LifePlan, type Point, type Recording } from "./points";
import { commandOf, phases, scenarioOf, type Phase } from "./scenarios";
import type { Stage } from "./stage";

/** What became of one point. */
export interface PointResult {
    readonly point: string;
    /** Commands after the kill, with their exit codes. */
    readonly commands: readonly string[];
    /** From the kill until the command was done. */
    readonly seconds: number;
    /** The command had ended before the point came. */
    readonly isMissed: boolean;
    /** What is not as it has to be; empty where all is well. */
    readonly troubles: readonly string[];
}

/** SUSE's images: a newer one comes between `change` and `update`. */
const imagesOn: Readonly<Record<Phase, string>> = {
    create: "20261123",
    change: "20261123",
    update: "20270201",
    destroy: "20270201",
};

/** One life of an environment, with a kill in some of its phases. */
export class Life {
    private readonly ec2: EC2Client;
    private readonly results: PointResult[] = [];

    constructor(
        private readonly stage: Stage,
        private readonly environment: string,
        private readonly plan: LifePlan,
        /** How many of all calls to AWS go wrong, from 0 to 1. */
        private readonly faults = 0,
    ) {
        this.ec2 = new EC2Client(stage.place.access);
    }

    /** Plays it to its end. @throws Error where it goes wrong without a kill */
    async play(): Promise<readonly PointResult[]> {
        const { stage, environment, plan } = this;
        const { settings, keepsVolumes } = scenarioOf(plan.scenario);
        const before = await stage.place.inventory();
        const neighbour = await this.neighbour();
        await stage.place.writeSettings(environment, settings);
        const troubles: string[] = [];
        let volumes: readonly string[] = [];
        for (const phase of phases) {
            const point = plan.points[phase];
            if (point === undefined && this.faults === 0 && (phase === "change" || phase === "update")) {
                continue;
            }
            if (phase === "destroy") {
                troubles.push(...(await this.converged()), ...(await this.lost(volumes)));
            }
            await this.prepare(phase);
            if (!(await this.playPhase(commandOf(phase, environment), point))) {
                return this.results;
            }
            if (phase === "create") {
                volumes = await this.dockerVolumes();
            }
        }
        troubles.push(...(keepsVolumes ? await this.lost(volumes) : []));
        await this.removeKept();
        troubles.push(...difference(before, await stage.place.inventory()));
        if ((await this.neighbour()) !== neighbour) {
            troubles.push("the state of the neighbour is another one");
        }
        return this.results.map((result) => ({ ...result, troubles: [...result.troubles, ...troubles] }));
    }

    /** Plays it undisturbed. */
    async record(): Promise<readonly Recording[]> {
        const { stage, environment, plan } = this;
        await stage.place.writeSettings(environment, scenarioOf(plan.scenario).settings);
        const recordings: Recording[] = [];
        for (const phase of phases) {
            await this.prepare(phase);
            const line = commandOf(phase, environment);
            const { answer, calls, stateWrites } = await stage.record(environment, line);
            if (answer.exitCode !== 0) {
                throw new Error(`${line} ended with ${answer.exitCode} undisturbed: ${answer.stderr}`);
            }
            recordings.push({ scenario: plan.scenario, phase, calls, stateWrites });
        }
        await this.removeKept();
        return recordings;
    }

    private async prepare(phase: Phase): Promise<void> {
        const { place } = this.stage;
        await place.tune({ imagesOn: imagesOn[phase] });
        if (phase === "change") {
            // By hand, and with what the first update has written into it.
            const file = place.settingsFile(this.environment);
            const document = parseDocument(await readFile(file, "utf8"));
            for (const [section, value] of Object.entries(scenarioOf(this.plan.scenario).change)) {
                document.setIn(["config", `sles-ecs:${section}`], value);
            }
            await writeFile(file, document.toString());
        }
    }

    /** @returns whether the life can go on */
    private async playPhase(line: string, point: Point | undefined): Promise<boolean> {
        const { stage } = this;
        if (this.faults > 0) {
            return this.playFaulty(line);
        }
        if (point === undefined) {
            const { commands, trouble } = await follow((one) => stage.run(one), line);
            if (trouble !== undefined) {
                throw new Error(`${commands.join("; ")}: ${trouble}`);
            }
            return true;
        }
        const isKilled = await interrupt(stage, this.environment, line, point);
        const startedAt = Date.now();
        const { commands, trouble } = await follow((one) => stage.run(one), line);
        this.results.push({
            point: pointText(point),
            commands,
            seconds: (Date.now() - startedAt) / 1000,
            isMissed: !isKilled,
            troubles: trouble === undefined ? [] : [trouble],
        });
        return trouble === undefined;
    }

    private async playFaulty(line: string): Promise<boolean> {
        const { stage } = this;
        const startedAt = Date.now();
        await addFaults(stage, this.faults);
        const { commands, trouble } = await follow((one) => stage.run(one), line);
        await stage.control("DELETE", "faults");
        this.results.push({
            point: `${this.plan.scenario} ${line}`,
            commands,
            seconds: (Date.now() - startedAt) / 1000,
            isMissed: false,
            troubles: trouble === undefined ? [] : [trouble],
        });
        return trouble === undefined;
    }

    /** What still differs from the settings. */
    private async converged(): Promise<readonly string[]> {
        const line = `sles-ecs preview ${this.environment} --expect-no-changes`;
        const { exitCode, stdout, stderr } = await this.stage.run(line);
        return exitCode === 0 ? [] : [`not converged: ${stdout}${stderr}`];
    }

    private async volumes(): Promise<readonly Volume[]> {
        const filters = [{ Name: "tag:sles-ecs:environment", Values: [this.environment] }];
        return (await this.ec2.send(new DescribeVolumesCommand({ Filters: filters }))).Volumes ?? [];
    }

    /** Docker volumes that outlive their hosts: no step of a life but its end takes them away. */
    private async dockerVolumes(): Promise<readonly string[]> {
        const { hosts } = scenarioOf(this.plan.scenario).settings as {
            readonly hosts: { readonly mode: string };
        };
        // A host of a group takes its volume along.
        return (hosts.mode === "fixed" ? await this.volumes() : [])
            .filter(({ Attachments = [] }) =>
                Attachments.some((one) => one.Device === "/dev/sdf" && one.DeleteOnTermination !== true),
            )
            .map(({ VolumeId = "" }) => VolumeId);
    }

    private async lost(ids: readonly string[]): Promise<readonly string[]> {
        const there = new Set((await this.volumes()).map(({ VolumeId = "" }) => VolumeId));
        return ids.filter((id) => !there.has(id)).map((id) => `volume ${id} is lost`);
    }

    private async removeKept(): Promise<void> {
        if (scenarioOf(this.plan.scenario).keepsVolumes) {
            for (const { VolumeId } of await this.volumes()) {
                await this.ec2.send(new DeleteVolumeCommand({ VolumeId }));
            }
        }
    }

    private neighbour(): Promise<string> {
        return readFile(this.stage.stateFile("neighbour"), "utf8");
    }
}

/** What goes wrong on the way to AWS and back, as shares of all that does. */
const faultKinds: readonly (readonly [share: number, fault: Readonly<Record<string, unknown>>])[] = [
    // A name that every client of AWS takes for throttling.
    [0.3, { errorCode: "Throttling", message: "Rate exceeded", status: 400 }],
    [0.2, { errorCode: "InternalFailure", status: 500 }],
    [0.1, { errorCode: "InternalFailure", status: 500, answerOnly: true }],
    [0.15, { effect: "cut" }],
    [0.1, { effect: "cut", answerOnly: true }],
    [0.15, { effect: "slow", delaySeconds: 2 }],
];

async function addFaults(stage: Stage, share: number): Promise<void> {
    for (const [part, fault] of faultKinds) {
        await stage.control("POST", "faults", { ...fault, times: 1e9, probability: part * share });
    }
}

/** Runs a command and cuts the power at the point. @returns whether the point came */
async function interrupt(stage: Stage, environment: string, line: string, point: Point): Promise<boolean> {
    const { place, nth } = point;
    const running = stage.run(line);
    const ended = running.then(() => false);
    if (place.kind === "call") {
        const { number } = (await stage.control("POST", "holds", { ...place, nth })) as { number: number };
        const caught = stage
            .control("GET", `holds/${number}`)
            .then((answer) => (answer as { readonly caught: boolean }).caught);
        const isCaught = await Promise.race([caught, ended]);
        if (isCaught) {
            await stage.cutPower();
        }
        await stage.control("DELETE", "holds");
        await running;
        return isCaught;
    }
    let unwatch = (): void => undefined;
    const written = new Promise<boolean>((resolve) => {
        unwatch = stage.watchState(environment, (count) => count === nth && resolve(true));
    });
    const isWritten = await Promise.race([written, ended]);
    unwatch();
    if (isWritten) {
        await stage.cutPower();
        const file = stage.stateFile(environment);
        if (place.moment === "cut") {
            const { length } = await readFile(file);
            await truncate(file, Math.floor(length / 2));
        } else if (place.moment === "attrs") {
            await truncate(`${file}.attrs`, 0);
        }
    }
    await running;
    return isWritten;
}

function difference(before: Inventory, after: Inventory): readonly string[] {
    const kinds = Object.keys(after);
    const list = (from: Inventory, without: Inventory, word: string): string[] =>
        kinds.flatMap((kind) => {
            const ids = (from[kind] ?? []).filter((id) => !(without[kind] ?? []).includes(id));
            return ids.length === 0 ? [] : [`${word}: ${kind} ${ids.join(", ")}`];
        });
    return [...list(after, before, "orphans"), ...list(before, after, "gone, and of others")];
}

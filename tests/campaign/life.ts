import { readFile, writeFile } from "node:fs/promises";

import { parseDocument } from "yaml";

import { difference } from "../engine/inventory";
import { Contents } from "./contents";
import { addFaults, endFaults } from "./faults";
import { follow } from "./following";
import { interrupt } from "./interrupt";
import { pointText, type LifePlan, type Point, type Recording } from "./points";
import { commandOf, phasesOf, scenarioOf, type Phase, type Scenario } from "./scenarios";
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

/** SUSE's images: a newer one comes before the hosts are updated. */
const imagesBefore = "20261123";
const imagesSinceUpdate = "20270201";

/** One life of an environment, with a kill in some of its phases. */
export class Life {
    private readonly contents: Contents;
    private readonly scenario: Scenario;
    private readonly results: (PointResult & { readonly troubles: string[] })[] = [];
    private volumes: readonly string[] = [];

    constructor(
        private readonly stage: Stage,
        private readonly environment: string,
        private readonly plan: LifePlan,
        /** How many of all calls to AWS go wrong, from 0 to 1. */
        private readonly faults = 0,
    ) {
        this.scenario = scenarioOf(plan.scenario);
        this.contents = new Contents(stage, environment, this.scenario);
    }

    /** Plays it to its end. @throws Error where it goes wrong without a kill */
    async play(): Promise<readonly PointResult[]> {
        const { stage, environment, plan, scenario, contents } = this;
        const before = await stage.place.inventory();
        const neighbour = await this.neighbour();
        await stage.place.writeSettings(environment, scenario.settings);
        for (const phase of phasesOf(scenario)) {
            await this.prepare(phase);
            if (!this.isPlayed(phase)) {
                continue;
            }
            if (!(await this.playPhase(commandOf(phase, environment), plan.points[phase]))) {
                return this.results;
            }
            await this.look(phase);
        }
        const troubles = scenario.keepsVolumes ? [...(await contents.lost(this.volumes))] : [];
        await contents.removeKept();
        troubles.push(...difference(before, await stage.place.inventory()));
        if ((await this.neighbour()) !== neighbour) {
            troubles.push("the state of the neighbour is another one");
        }
        return this.results.map((result) => ({ ...result, troubles: [...result.troubles, ...troubles] }));
    }

    /** Plays it undisturbed. */
    async record(): Promise<readonly Recording[]> {
        const { stage, environment, plan, scenario } = this;
        await stage.place.writeSettings(environment, scenario.settings);
        const recordings: Recording[] = [];
        for (const phase of phasesOf(scenario)) {
            await this.prepare(phase);
            const line = commandOf(phase, environment);
            const { answer, calls, stateWrites } = await stage.record(environment, line);
            if (answer.exitCode !== 0) {
                throw new Error(`${line} ended with ${answer.exitCode} undisturbed: ${answer.stderr}`);
            }
            recordings.push({ scenario: plan.scenario, phase, calls, stateWrites });
        }
        await this.contents.removeKept();
        return recordings;
    }

    /** Without its point a phase is left out where the others need nothing of it. */
    private isPlayed(phase: Phase): boolean {
        const { points } = this.plan;
        switch (phase) {
            case "create":
            case "destroy":
                return true;
            case "pause":
            case "resume":
                return this.faults > 0 || points.pause !== undefined || points.resume !== undefined;
            default:
                return this.faults > 0 || points[phase] !== undefined;
        }
    }

    private async prepare(phase: Phase): Promise<void> {
        const { place } = this.stage;
        if (phase === "create") {
            await place.tune({ imagesOn: imagesBefore });
        } else if (phase === "update") {
            await place.tune({ imagesOn: imagesSinceUpdate });
        } else if (phase === "pause") {
            await this.contents.startService();
        } else if (phase === "change" && this.isPlayed(phase)) {
            // By hand, and with what the first update has written into it.
            const file = place.settingsFile(this.environment);
            const document = parseDocument(await readFile(file, "utf8"));
            for (const [section, value] of Object.entries(this.scenario.change)) {
                document.setIn(["config", `sles-ecs:${section}`], value);
            }
            await writeFile(file, document.toString());
        }
    }

    /** Whether all is as a phase has to leave it */
    private async look(phase: Phase): Promise<void> {
        const { contents, volumes } = this;
        if (phase === "create") {
            this.volumes = await contents.dockerVolumes();
        }
        const isDisturbed = this.faults > 0 || this.plan.points[phase] !== undefined;
        if (!isDisturbed || phase === "destroy") {
            return;
        }
        this.results
            .at(-1)
            ?.troubles.push(
                ...(phase === "resume" ? await contents.notBack() : []),
                ...(phase === "pause" ? [] : await this.converged(phase)),
                ...(await contents.lost(volumes)),
            );
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
        return this.note({ point: pointText(point), commands, startedAt, isMissed: !isKilled, trouble });
    }

    private async playFaulty(line: string): Promise<boolean> {
        const { stage, plan } = this;
        const startedAt = Date.now();
        await addFaults(stage, this.faults);
        const { commands, trouble } = await follow((one) => stage.run(one), line);
        await endFaults(stage);
        const point = `${plan.scenario} ${line}`;
        return this.note({ point, commands, startedAt, isMissed: false, trouble });
    }

    private note({
        startedAt,
        trouble,
        ...result
    }: Pick<PointResult, "point" | "commands" | "isMissed"> & {
        readonly startedAt: number;
        readonly trouble: string | undefined;
    }): boolean {
        const seconds = (Date.now() - startedAt) / 1000;
        this.results.push({ ...result, seconds, troubles: trouble === undefined ? [] : [trouble] });
        return trouble === undefined;
    }

    /** What still differs from the settings. */
    private async converged(phase: Phase): Promise<readonly string[]> {
        const line = `sles-ecs preview ${this.environment} --expect-no-changes`;
        const { exitCode, stdout, stderr } = await this.stage.run(line);
        return exitCode === 0 ? [] : [`not converged after ${phase}: ${stdout}${stderr}`];
    }

    private neighbour(): Promise<string> {
        return readFile(this.stage.stateFile("neighbour"), "utf8");
    }
}

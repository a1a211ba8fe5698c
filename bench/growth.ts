import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import type { MeasuredCommand } from "./command";
import type { Comparison } from "./measure";
import { commandLine, type Stage } from "./stage";

const seconds = { perCall: 0.3, pending: 20 };

/** A command line of ours, in the stage's project. */
export function slesEcs(stage: Stage, ...args: readonly string[]): MeasuredCommand {
    return {
        title: `sles-ecs ${args.join(" ")}`,
        program: process.execPath,
        args: [commandLine, ...args],
        directory: stage.project,
        env: stage.env,
    };
}

/** What of an `up` is the engine's own part: beside an empty program, which nobody has to type-check. */
export function engineFloor(stage: Stage, environment: string): Comparison {
    const folder = path.join(stage.directory, "floor");
    return {
        name: "engine floor",
        ours: slesEcs(stage, "up", environment, "--yes"),
        baseline: {
            title: "pulumi up --skip-preview (an empty program)",
            program: stage.pulumi,
            args: ["up", "--skip-preview", "--yes", "--non-interactive", "--stack", "floor"],
            directory: folder,
            env: stage.env,
        },
        limit: 3,
        prepare: () => {
            fs.mkdirSync(folder, { recursive: true });
            fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: floor\nruntime: nodejs\n");
            fs.writeFileSync(path.join(folder, "package.json"), '{ "name": "floor", "main": "index.js" }\n');
            fs.writeFileSync(path.join(folder, "index.js"), "");
            fs.symlinkSync(path.join(__dirname, "..", "node_modules"), path.join(folder, "node_modules"));
            const args = ["stack", "init", "floor", "--non-interactive"];
            execFileSync(stage.pulumi, args, { cwd: folder, env: stage.env, stdio: "pipe" });
        },
    };
}

/** Hosts are made side by side: twenty take little longer than one, where each call takes its time as over a network. */
export function createUnderLatency(stage: Stage): Comparison {
    const up = (name: string, count: number): MeasuredCommand =>
        slesEcs(stage, "up", name, "--from", "dev", "--set", `hosts.count=${count}`, "--yes");
    const atOnce = { callSeconds: 0, launchSeconds: 0 };
    const slowly = { callSeconds: seconds.perCall, launchSeconds: seconds.pending };
    const names = { ours: "twenty", baseline: "one" };
    return {
        name: "20 hosts beside 1",
        ours: up(names.ours, 20),
        baseline: up(names.baseline, 1),
        limit: 2,
        runs: 1,
        prepare: () => stage.tune(slowly),
        undo: async (side) => {
            await stage.tune(atOnce);
            stage.slesEcs("destroy", names[side], "--yes");
            await stage.tune(side === "ours" ? slowly : atOnce);
        },
    };
}

/** A list of a thousand hosts is a matter of pages, not of a thousand calls. */
export function statusOfMany(stage: Stage): Comparison {
    const sizes = { many: 1000, few: 10 };
    return {
        name: "status of 1,000",
        ours: slesEcs(stage, "status", "many"),
        baseline: slesEcs(stage, "status", "few"),
        limit: 4,
        prepare: () => {
            for (const [name, size] of Object.entries(sizes)) {
                // In one, as keys of one mode do not go with another.
                const group = `hosts={ mode: autoScaling, max: ${size}, desired: ${size} }`;
                stage.slesEcs("up", name, "--from", "dev", "--set", group, "--yes");
            }
        },
    };
}

import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { MeasuredCommand } from "../../bench/command";
import { compare, median } from "../../bench/measure";
import { peakMemoryMiB } from "../../bench/memory";
import { showRatios } from "../../bench/report";

function node(title: string, script: string): MeasuredCommand {
    return {
        title,
        program: process.execPath,
        args: ["-e", script],
        directory: os.tmpdir(),
        env: process.env,
    };
}

describe("Measurements", () => {
    for (const [values, expected] of [
        [[3], 3],
        [[9, 1, 5], 5],
        [[4, 1, 3, 2], 2.5],
        [[1, 1, 100, 1, 1], 1],
    ] as const) {
        it(`take ${expected} as the median of ${values.join(", ")}`, () => {
            expect(median(values)).to.equal(expected);
        });
    }

    it("run both sides in turn, and give the ratio of their medians", async () => {
        const folder = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-measure-"));
        const log = path.join(folder, "log");
        const side = (name: string, milliseconds: number): MeasuredCommand =>
            node(
                name,
                `require("fs").appendFileSync(${JSON.stringify(log)}, "${name}"); setTimeout(() => {}, ${milliseconds})`,
            );
        try {
            const comparison = { name: "x", ours: side("o", 100), baseline: side("b", 600), limit: 0.5 };
            const ratio = await compare(comparison, 3, () => undefined);
            // One uncounted run of each, then three in turn.
            expect(readFileSync(log, "utf8")).to.equal("obobobob");
            expect(ratio.ratio).to.equal(ratio.ours.medianSeconds / ratio.baseline.medianSeconds);
            expect(ratio.ours.medianSeconds).to.be.within(0.1, ratio.baseline.medianSeconds);
            expect(ratio.baseline.minSeconds).to.be.at.least(0.6);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("fail where a command fails, with what it printed", async () => {
        const failing = node("broken", 'console.error("no such stack"); process.exitCode = 3');
        const comparison = { name: "x", ours: failing, baseline: failing, limit: 1 };
        const error: unknown = await compare(comparison, 1, () => undefined).catch(
            (reason: unknown) => reason,
        );
        expect((error as Error).message).to.equal("broken ended with code 3:\nno such stack\n");
    });

    it("see the memory of a command's children", async () => {
        const child = "const held = Buffer.alloc(150 * 1024 * 1024, 1); setTimeout(() => held.length, 500)";
        const parent = node(
            "parent",
            `require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}])`,
        );
        expect(await peakMemoryMiB(parent)).to.be.greaterThan(150);
        expect(await peakMemoryMiB(node("small", "setTimeout(() => {}, 200)"))).to.be.within(10, 150);
    });

    it("say which ratio is above its limit", () => {
        const measured = (command: string, seconds: number) => ({
            command,
            medianSeconds: seconds,
            minSeconds: seconds,
            maxSeconds: seconds,
            peakMiB: 50,
        });
        const ratio = { limit: 0.4, runs: 5, ours: measured("ours", 1), baseline: measured("theirs", 2) };
        const text = showRatios([
            { ...ratio, name: "up", ratio: 0.5 },
            { ...ratio, name: "preview", ratio: 0.3 },
        ]);
        expect(text).to.match(/^up +0\.50 +0\.4 +too slow +5$/m);
        expect(text).to.match(/^preview +0\.30 +0\.4 +ok +5$/m);
        expect(text).to.match(/^theirs +2\.00 s +2\.00 s +2\.00 s +50 MiB$/m);
    });
});

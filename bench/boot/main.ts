// npm run bench:boot [-- --output json] [--runs N]
import { parseArgs } from "node:util";

import { Rig } from "../../tests/hosts/rig";
import { bootSeconds, type Side } from "./bootSeconds";
import { isWithinLimit, laterSeconds, showBoots, type MeasuredSetup } from "./report";
import { bootSetups, type BootSetup } from "./setups";

const usualRuns = 5;

const { values } = parseArgs({
    options: {
        output: { type: "string", default: "table" },
        runs: { type: "string", default: String(usualRuns) },
    },
});

/** One boot of each side in turn, so that whatever else the computer does hits both alike. */
async function measure(rig: Rig, setup: BootSetup, runs: number): Promise<MeasuredSetup> {
    const taken: Record<Side, number[]> = { ours: [], none: [] };
    for (let run = 1; run <= runs; run += 1) {
        for (const side of ["ours", "none"] as const) {
            taken[side].push(await bootSeconds(rig, setup, side));
        }
        const latest = `${taken.ours.at(-1)?.toFixed(2)} s against ${taken.none.at(-1)?.toFixed(2)} s`;
        process.stderr.write(`${setup.name}: run ${run} of ${runs}: ${latest}\n`);
    }
    return { setup, oursSeconds: taken.ours, noneSeconds: taken.none };
}

async function main(): Promise<void> {
    const runs = Math.max(1, Number(values.runs) || usualRuns);
    const rig = await Rig.open();
    const all: MeasuredSetup[] = [];
    try {
        for (const setup of bootSetups) {
            all.push(await measure(rig, setup, runs));
        }
    } finally {
        await rig.close();
    }
    const boots = all.map((measured) => ({
        name: measured.setup.name,
        limitSeconds: measured.setup.limitSeconds,
        laterSeconds: laterSeconds(measured),
        oursSeconds: measured.oursSeconds,
        noneSeconds: measured.noneSeconds,
    }));
    process.stdout.write(
        values.output === "json" ? `${JSON.stringify({ boots }, undefined, 2)}\n` : showBoots(all),
    );
    process.exitCode = all.every(isWithinLimit) ? 0 : 1;
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});

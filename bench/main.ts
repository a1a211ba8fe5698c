// npm run bench [-- --output json] [--runs N] [--only NAME]
import { parseArgs } from "node:util";

import { cacheDirectory } from "../automation/setup";
import { prepareCdk } from "./cdkBaseline";
import { comparisons } from "./comparisons";
import { compare, type Ratio } from "./measure";
import { showRatios } from "./report";
import { openStage } from "./stage";

const fewestRuns = 5;

const { values } = parseArgs({
    options: {
        output: { type: "string", default: "table" },
        runs: { type: "string", default: String(fewestRuns) },
        only: { type: "string", multiple: true, default: [] },
    },
});

async function main(): Promise<void> {
    const runs = Math.max(fewestRuns, Number(values.runs) || fewestRuns);
    const interruption = new AbortController();
    process.once("SIGINT", () => {
        interruption.abort(new Error("interrupted"));
    });
    const report = (line: string): void => {
        process.stderr.write(`${line}\n`);
    };
    const cdkFolder = prepareCdk(cacheDirectory(process.env), report);
    const stage = await openStage({ env: process.env, signal: interruption.signal, report });
    const ratios: Ratio[] = [];
    try {
        const all = comparisons(stage, cdkFolder);
        const unknown = values.only.filter((name) => !all.some((comparison) => comparison.name === name));
        if (unknown.length > 0) {
            const names = all.map(({ name }) => name).join(", ");
            throw new Error(`--only: got ${unknown.join(", ")}, expected one of ${names}`);
        }
        for (const comparison of all.filter(
            ({ name }) => values.only.includes(name) || !values.only.length,
        )) {
            interruption.signal.throwIfAborted();
            ratios.push(await compare(comparison, runs, report));
        }
    } finally {
        await stage.remove();
    }
    process.stdout.write(
        values.output === "json" ? `${JSON.stringify({ ratios }, undefined, 2)}\n` : showRatios(ratios),
    );
    process.exitCode = ratios.every(({ ratio, limit }) => ratio <= limit) ? 0 : 1;
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});

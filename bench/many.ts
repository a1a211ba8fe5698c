// npm run bench:many [-- --environments N] [--at-once N] [--most-memory GiB]
import { parseArgs } from "node:util";

import pLimit from "p-limit";

import { expectExit, Workplace } from "../tests/engine/harness";
import { residentMiB } from "./memory";

const sampleMilliseconds = 250;

const { values } = parseArgs({
    options: {
        environments: { type: "string", default: "30" },
        "at-once": { type: "string", default: "3" },
        "most-memory": { type: "string", default: "4" },
    },
});

/** What one phase took: seconds, and the most memory of all processes at one time, those of the local cloud too. */
interface Phase {
    readonly what: string;
    readonly seconds: number;
    readonly peakGiB: number;
}

async function measure(what: string, work: () => Promise<unknown>): Promise<Phase> {
    let peakMiB = 0;
    const timer = setInterval(() => {
        peakMiB = Math.max(peakMiB, residentMiB(process.pid));
    }, sampleMilliseconds);
    const startedAt = performance.now();
    try {
        await work();
    } finally {
        clearInterval(timer);
    }
    const phase = { what, seconds: (performance.now() - startedAt) / 1000, peakGiB: peakMiB / 1024 };
    process.stdout.write(`${what}: ${phase.seconds.toFixed(0)} s, ${phase.peakGiB.toFixed(1)} GiB at most\n`);
    return phase;
}

/** A life of many environments on one local cloud: made, extended, half of them reaped, the others destroyed. */
async function live(place: Workplace, names: readonly string[], atOnce: number): Promise<readonly Phase[]> {
    const limit = pLimit(atOnce);
    const each = (some: readonly string[], args: (name: string) => readonly string[]): Promise<unknown> =>
        limit.map([...some], async (name) => {
            expectExit(await place.slesEcs(args(name)), 0);
        });
    const extended = names.filter((_, index) => index % 2 === 0);
    return [
        await measure(`up of ${names.length}, ${atOnce} at once`, () =>
            each(names, (name) => [
                "up",
                name,
                ...["--from", "dev", "--no-wait", "--ttl"],
                // As short as can be: it is over by the time that anybody looks.
                extended.includes(name) ? "8h" : "1s",
            ]),
        ),
        await measure(`extend of ${extended.length}`, () => each(extended, (name) => ["extend", name, "6d"])),
        await measure("list of all", async () => {
            expectExit(await place.slesEcs(["list", "--output", "json"]), 0);
        }),
        await measure(`reap of the ${names.length - extended.length} whose time is over`, async () => {
            expectExit(await place.slesEcs(["reap", "--yes"]), 0);
        }),
        await measure("destroy --all of the rest", async () => {
            expectExit(await place.slesEcs(["destroy", "--all", "--yes"]), 0);
        }),
    ];
}

async function main(): Promise<void> {
    const place = await Workplace.create();
    try {
        await place.writeSettings("dev", {
            hosts: { mode: "fixed", count: 1 },
            lease: { defaultTtl: "8h", longestTtl: "7d" },
        });
        const before = JSON.stringify(await place.inventory());
        const names = Array.from({ length: Number(values.environments) }, (_, index) => `env-${index + 1}`);
        const phases = await live(place, names, Number(values["at-once"]));
        const peakGiB = Math.max(...phases.map((phase) => phase.peakGiB));
        const isClean = JSON.stringify(await place.inventory()) === before;
        process.stdout.write(
            `${names.length} environments: ${peakGiB.toFixed(1)} GiB at most, ${isClean ? "nothing is left" : "something is left"}\n`,
        );
        process.exitCode = isClean && peakGiB <= Number(values["most-memory"]) ? 0 : 1;
    } finally {
        await place.stop();
    }
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});

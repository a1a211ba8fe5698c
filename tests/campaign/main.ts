import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { chooseAmongRecorded, playFaultyLives, playLives, type CampaignOptions } from "./campaign";
import type { PointResult } from "./life";
import { parsePoint, planLives, pointText, type Point } from "./points";

const usage = `npm run campaign -- [--seed N] [--kills N] [--points FILE] [--workers N] [--replay POINT]...
npm run campaign -- --faults SHARE [--lives N] [--workers N]

--faults SHARE  no kills, but so many of all calls to AWS throttled, failing, cut or slow, such as 0.2
--points FILE   the points to play, one a line; where there is no such file, those that are chosen are written there
`;

/** A point, what it took, and what is wrong. */
function lineOf({ point, commands, seconds, isMissed, troubles }: PointResult): string {
    const verdict = troubles.length > 0 ? "FAIL" : isMissed ? "miss" : "ok";
    const head = `${verdict.padEnd(5)}${point.padEnd(70)} ${commands.length} commands ${seconds.toFixed(1)} s`;
    return troubles.length === 0
        ? head
        : [head, ...commands, ...troubles].join("\n      ").replace(/\n(?! {6})/g, "\n      ");
}

function write(line: string): void {
    process.stdout.write(`${line}\n`);
}

async function pointsOf(options: CampaignOptions, file: string | undefined): Promise<readonly Point[]> {
    if (file !== undefined && existsSync(file)) {
        return readFileSync(file, "utf8").trim().split("\n").slice(0, options.kills).map(parsePoint);
    }
    const points = await chooseAmongRecorded(options);
    if (file !== undefined) {
        writeFileSync(file, `${points.map(pointText).join("\n")}\n`);
    }
    return points;
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            seed: { type: "string", default: "1" },
            kills: { type: "string", default: "200" },
            workers: { type: "string", default: "2" },
            points: { type: "string" },
            replay: { type: "string", multiple: true, default: [] },
            faults: { type: "string" },
            lives: { type: "string", default: "50" },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) {
        write(usage);
        return;
    }
    const options = {
        seed: Number(values.seed),
        kills: Number(values.kills),
        workers: Number(values.workers),
        report: (result: PointResult) => {
            write(lineOf(result));
        },
    };
    const startedAt = Date.now();
    write(`seed ${options.seed}`);
    if (values.faults !== undefined) {
        end(await playFaultyLives(Number(values.lives), Number(values.faults), options), startedAt);
        return;
    }
    const replayed = values.replay.map(parsePoint);
    const points = replayed.length > 0 ? replayed : await pointsOf(options, values.points);
    const lives = planLives(points);
    write(`${lives.length} lives, after ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
    const failed = end(await playLives(lives, options), startedAt);
    failed.forEach(({ point }) => write(`npm run campaign -- --replay '${point}'`));
}

/** The figures, and the exit code. @returns what has failed */
function end(results: readonly PointResult[], startedAt: number): readonly PointResult[] {
    const failed = results.filter(({ troubles }) => troubles.length > 0);
    const missed = results.filter(({ isMissed }) => isMissed);
    const minutes = (Date.now() - startedAt) / 60_000;
    write(
        `${results.length} points, ${missed.length} of them missed, ${failed.length} failed; ${minutes.toFixed(1)} minutes`,
    );
    process.exitCode = failed.length > 0 ? 1 : 0;
    return failed;
}

void main();

import { powerCutCases, type HostCase } from "./cases";
import { expectVerdict } from "./caseTests";
import { countCommands, cutPowerAt, type PowerCutResult } from "./powerCut";
import { Rig } from "./rig";

const pointsOfEachCase = 9;
const minutes = 60_000;

/** Numbers of commands, spread over all that a host runs; the first and the last are among them. */
function spread(count: number): number[] {
    return Array.from({ length: pointsOfEachCase }, (_, index) =>
        Math.floor((index * (count - 1)) / (pointsOfEachCase - 1)),
    );
}

describe("a host whose power is cut while it prepares itself", () => {
    const results = new Map<HostCase, Promise<PowerCutResult>[]>();
    let rig: Rig;

    before(async function () {
        this.timeout(5 * minutes);
        rig = await Rig.open();
        const counts = await Promise.all(
            powerCutCases.map((hostCase) => rig.whenFree(() => countCommands(rig, hostCase))),
        );
        for (const [index, hostCase] of powerCutCases.entries()) {
            const ofCase = spread(counts[index]!).map((command) =>
                rig.whenFree(() => cutPowerAt(rig, hostCase, command)),
            );
            ofCase.forEach((result) => void result.catch(() => undefined));
            results.set(hostCase, ofCase);
        }
    });

    after(async function () {
        this.timeout(5 * minutes);
        await Promise.allSettled([...results.values()].flat());
        process.stdout.write(`${rig.counts.powerCuts} power cuts, ${rig.counts.boots} boots\n`);
        await rig.close();
    });

    for (const hostCase of powerCutCases) {
        for (let point = 0; point < pointsOfEachCase; point += 1) {
            it(`${hostCase.name}, cut ${point + 1} of ${pointsOfEachCase}: joins ${hostCase.facts.clusterName} at its next boot and loses nothing`, async function () {
                this.timeout(10 * minutes);
                const result = await results.get(hostCase)![point]!;
                expectVerdict(hostCase, result, `power cut before command ${result.command}`);
            });
        }
    }
});

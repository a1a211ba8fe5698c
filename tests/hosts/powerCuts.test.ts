import { expect } from "chai";
import { powerCutCases, type HostCase } from "./cases";
import { expectVerdict } from "./caseTests";
import type { BootPart, CommandCounter } from "./commandCounter";
import { countCommands, cutPowerAt, type PowerCutResult } from "./powerCut";
import { Rig } from "./rig";

const minutes = 60_000;
const fewestInBootstrap = 20;

/** How many cuts fall into which part; the image sets up a store for docker only where the host keeps it. */
function cutsOf({ facts, expected }: HostCase): { part: BootPart; index: number; of: number }[] {
    const perPart: Record<Exclude<BootPart, "command">, number> = {
        install: 2,
        bootstrap: 8,
        imageStore: facts.generation !== 16 && expected.storage?.on === "imageStore" ? 3 : 0,
    };
    return (Object.entries(perPart) as [keyof typeof perPart, number][]).flatMap(([part, of]) =>
        Array.from({ length: of }, (_, index) => ({ part, index, of })),
    );
}

const cuts = powerCutCases.flatMap((hostCase) => cutsOf(hostCase).map((cut) => ({ hostCase, ...cut })));

describe("a host whose power is cut while it prepares itself", () => {
    let results: Promise<PowerCutResult>[] = [];
    let rig: Rig;

    before(async function () {
        this.timeout(5 * minutes);
        rig = await Rig.open();
        const counters = new Map<HostCase, Promise<CommandCounter>>(
            powerCutCases.map((hostCase) => [hostCase, rig.whenFree(() => countCommands(rig, hostCase))]),
        );
        await Promise.all(counters.values());
        results = cuts.map(async ({ hostCase, part, index, of }) => {
            const count = (await counters.get(hostCase)!).count(part);
            // Spread over the part, its first command among them.
            return rig.whenFree(() => cutPowerAt(rig, hostCase, part, Math.floor((index * count) / of)));
        });
        results.forEach((result) => void result.catch(() => undefined));
    });

    after(async function () {
        this.timeout(5 * minutes);
        await Promise.allSettled(results);
        await rig.close();
    });

    for (const [number, { hostCase, part, index, of }] of cuts.entries()) {
        const { name, facts } = hostCase;
        it(`${name}, cut ${index + 1} of ${of} in ${part}: joins ${facts.clusterName} at its next boot and loses nothing`, async function () {
            this.timeout(20 * minutes);
            const result = await results[number]!;
            expectVerdict(hostCase, result, `power cut before ${result.command}`);
        });
    }

    it(`loses its power at ${fewestInBootstrap} or more points within the bootstrap's steps`, async () => {
        const commands = (await Promise.all(results)).map(({ command }) => command);
        const within = commands.filter((command) => /^command \d+ of bootstrap \(.*step_/.test(command));
        expect(new Set(within).size).to.be.at.least(fewestInBootstrap);
    });
});

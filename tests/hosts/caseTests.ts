import { expect } from "chai";
import type { HostCase } from "./cases";
import "./printTally";
import { Rig } from "./rig";
import { runCase, type CaseResult } from "./runCase";
import { capabilitiesIn, comparable, simulate } from "./simulated";

/**
 * One test for each case. All of them start at once, as many at a time as the rig has machines, and each test awaits
 * its own.
 */
export function testCases(
    cases: readonly HostCase[],
    more?: (hostCase: HostCase, result: CaseResult) => void,
): void {
    let rig: Rig;
    let results: Promise<CaseResult>[] = [];

    before(async () => {
        rig = await Rig.open();
        results = cases.map((hostCase) => rig.whenFree(() => runCase(rig, hostCase)));
        results.forEach((result) => void result.catch(() => undefined));
    });

    after(async () => {
        await Promise.allSettled(results);
        await rig.close();
    });

    for (const [index, hostCase] of cases.entries()) {
        it(titleOf(hostCase), async () => {
            const result = await results[index]!;
            expectVerdict(hostCase, result);
            more?.(hostCase, result);
        });

        it(`${hostCase.name}: the simulator comes to the same, step by step`, async () => {
            expectSimulatorAgrees(hostCase, await results[index]!);
        });
    }
}

function titleOf({ name, facts, expected }: HostCase): string {
    return expected.outcome === "registered"
        ? `${name}: joins ${facts.clusterName} and no other cluster`
        : `${name}: stays out of every cluster and says why`;
}

/** The simulator of the local cloud is right about this host: a difference is a defect in it. */
function expectSimulatorAgrees(hostCase: HostCase, { boots, formatted }: CaseResult): void {
    const simulated = simulate(hostCase);
    expect(simulated.map(({ registered }) => registered)).to.deep.equal(
        boots.map(({ registered }) => registered),
    );
    expect(simulated.map(({ capabilities }) => capabilities)).to.deep.equal(
        boots.map(({ attributes }) => capabilitiesIn(attributes)),
    );
    expect(simulated.map(({ steps }) => comparable(steps))).to.deep.equal(
        boots.map(({ steps }) => comparable(steps)),
    );
    expect(simulated.flatMap((boot) => boot.formatted)).to.deep.equal(formatted);
}

/** The last boot ends as the case says, and on the way nothing went where it does not belong. */
export function expectVerdict(
    { facts, expected }: HostCase,
    { boots, formatted, lost, clusters }: CaseResult,
    remark = "",
): void {
    const last = boots.at(-1)!;
    const reasons = last.steps.map(({ reason }) => reason).join("\n");
    expect(last.registered, `${remark}\n${reasons}\n${last.journal}`).to.equal(
        expected.outcome === "registered" ? facts.clusterName : undefined,
    );
    expect(
        clusters.filter((cluster) => cluster !== facts.clusterName),
        `other clusters that were asked for ${remark}`,
    ).to.deep.equal([]);
    if (expected.storage !== undefined) {
        expect({ driver: last.docker?.driver, on: last.docker?.on }, remark).to.deep.equal(expected.storage);
    }
    if (expected.reason !== undefined) {
        expect(reasons).to.match(expected.reason);
    }
    expect(formatted, `formatted volumes ${remark}`).to.deep.equal(expected.formatted);
    expect(lost, `volumes whose data are gone ${remark}`).to.deep.equal([]);
}

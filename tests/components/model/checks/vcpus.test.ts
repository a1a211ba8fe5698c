import { expect } from "chai";

import { checkVcpusInTurn, type Succession } from "../../../../components/model/checks/vcpus";
import { parseSettings } from "../../../../components/model/settings";

const owner = { environment: "dev", stack: "organization/p/dev" };
/** AWS: EC2 instance types, t3.small and t3.medium have 2, t3.xlarge 4 vCPUs, t3.2xlarge 8. */
const vcpus = new Map([
    ["t3.small", 2],
    ["t3.xlarge", 4],
    ["t3.2xlarge", 8],
    ["g5.xlarge", 4],
]);

/** vCPUs that are refused, with those of two others; undefined where the hosts fit. */
async function refused(
    instanceType: string,
    limit: number,
    succession: Partial<Succession>,
    own: readonly string[] = ["t3.small", "t3.small", "t3.small"],
): Promise<string | undefined> {
    const { settings, problems } = parseSettings({ hosts: { instanceType } }, "dev");
    if (settings === undefined) {
        throw new Error(JSON.stringify(problems));
    }
    const [finding] = await checkVcpusInTurn(
        {
            vcpuQuota: () => Promise.resolve(limit),
            vcpusOf: () => Promise.resolve(vcpus),
            onDemandHosts: () =>
                Promise.resolve([
                    { instanceType: "t3.small", isOwn: false },
                    ...own.map((type) => ({ instanceType: type, isOwn: true })),
                ]),
        },
        settings,
        owner,
        {
            leaving: own.map((type) => ({ instanceType: type, successorFirst: true })),
            batchSize: 1,
            added: 0,
            ...succession,
        },
    );
    return finding && /would have (\d+ and \d+) vCPUs/.exec(finding.message)?.[1];
}
const goFirst = (...types: readonly string[]) => ({
    leaving: types.map((instanceType) => ({ instanceType, successorFirst: false })),
});

describe("the quota of vCPUs while hosts give way to others", () => {
    it("counts the successor that runs beside: 3 hosts of 2 vCPUs, and one more", async () => {
        expect(await refused("t3.small", 9, {})).to.equal("8 and 2");
        expect(await refused("t3.small", 10, {})).to.equal(undefined);
    });

    it("counts a whole batch", async () => {
        expect(await refused("t3.small", 11, { batchSize: 2 })).to.equal("10 and 2");
        expect(await refused("t3.small", 12, { batchSize: 2 })).to.equal(undefined);
        expect(await refused("t3.small", 13, { batchSize: 5 })).to.equal("12 and 2");
    });

    it("counts none more where the old one goes first", async () => {
        const leaving = goFirst("t3.small", "t3.small", "t3.small");
        expect(await refused("t3.small", 8, leaving)).to.equal(undefined);
        expect(await refused("t3.small", 7, leaving)).to.equal("6 and 2");
    });

    it("counts larger types at the last batch, and smaller ones at the first", async () => {
        // 4 + 4 + 2, and the third of 4 beside; without that 4 + 4 + 4.
        expect(await refused("t3.xlarge", 15, {})).to.equal("14 and 2");
        expect(await refused("t3.xlarge", 13, goFirst("t3.small", "t3.small", "t3.small"))).to.equal(
            "12 and 2",
        );
        // 8 + 8, and the first of 2 beside.
        expect(await refused("t3.small", 19, {}, ["t3.2xlarge", "t3.2xlarge"])).to.equal("18 and 2");
    });

    it("counts hosts that come before the first one goes, and none of another quota", async () => {
        expect(await refused("t3.small", 11, { added: 1 })).to.equal("10 and 2");
        // Of the quota for G and VT: the hosts that go are of the standard one.
        expect(await refused("g5.xlarge", 11, {})).to.equal("12 and 0");
    });

    it("asks nothing where no host goes", async () => {
        expect(await refused("t3.small", 0, { leaving: [] })).to.equal(undefined);
    });
});

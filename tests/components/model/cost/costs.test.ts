import { expect } from "chai";

import { costsOf, costToEnd, savedByPause } from "../../../../components/model/cost/costs";
import { partsOf, partsStanding, type Part, type Standing } from "../../../../components/model/cost/parts";
import { bundledPrices } from "../../../../components/model/cost/prices";
import { openShare, parseHours, type OfficeHours } from "../../../../components/model/hours";
import { parseSettings } from "../../../../components/model/settings";

function partsFor(written: object, hostCount?: number): readonly Part[] {
    const { settings } = parseSettings(written, "dev");
    if (settings === undefined) {
        throw new Error("these settings are wrong");
    }
    return partsOf(settings, hostCount);
}

function costsFor(written: object) {
    return costsOf(partsFor(written), bundledPrices);
}

function hoursOf(text: string): OfficeHours {
    const hours = parseHours(text);
    if (typeof hours === "string") {
        throw new Error(hours);
    }
    return hours;
}

/**
 * Worked out by hand, with 730 hours a month. us-east-1: t3.small 0.0518 USD an hour with SUSE and 0.0208 without, t3.medium
 * 0.0979, gp3 0.08 a GiB and month, NAT gateway 0.045 an hour, interface endpoint 0.01 in each zone, public address 0.005.
 */
const cases: readonly (readonly [string, object, hourly: number, monthly: number])[] = [
    // 0.0518 + 110 x 0.08 / 730 + 0.005; 37.814 + 8.80 + 3.65
    ["one host with its root volume and its address", {}, 0.068855, 50.264],
    [
        // 3 x 0.0979 + 330 x 0.08 / 730 + 3 x 0.005; 214.401 + 26.40 + 10.95
        "the desired hosts of a group",
        { hosts: { mode: "autoScaling", min: 1, desired: 3, max: 9, instanceType: "t3.medium" } },
        0.344864,
        251.751,
    ],
    [
        // 2 x 0.0518 + (2 x 20 + 2 x 50) x 0.08 / 730 + 2 x 0.005; 75.628 + 11.20 + 7.30
        "a small root volume and a docker volume of each host",
        { hosts: { count: 2 }, dockerStorage: { mode: "volume", sizeGiB: 50 } },
        0.128942,
        94.128,
    ],
    [
        // 5 x 0.0518 + 550 x 0.08 / 730 + 0.045 + 0.005; 189.07 + 44 + 36.50
        "one NAT gateway with its address, however many zones and hosts",
        { hosts: { count: 5 }, network: { mode: "create", zones: 3, subnets: "private" } },
        0.369274,
        269.57,
    ],
    [
        // 0.0518 + 110 x 0.08 / 730 + 6 x 2 x 0.01; 37.814 + 8.80 + 87.60
        "six endpoints in each of two zones",
        { network: { mode: "create", subnets: "isolated" } },
        0.183855,
        134.214,
    ],
    [
        // 37.814 + 8.80 + 9 x 3 x 0.01 x 730 = 197.10
        "nine endpoints in each of three zones, where Systems Manager is to reach the hosts",
        { network: { mode: "create", zones: 3, subnets: "isolated" }, instanceRole: { ssm: true } },
        0.333855,
        243.714,
    ],
    [
        // A network that exists is not the environment's: 0.0518 + 110 x 0.08 / 730; 37.814 + 8.80
        "nothing of a network that exists",
        {
            network: {
                mode: "existing",
                subnetIds: ["subnet-00000001"],
                securityGroupIds: ["sg-00000001"],
            },
        },
        0.063855,
        46.614,
    ],
    ["nothing without hosts", { hosts: { count: 0 } }, 0, 0],
];

describe("what settings come to", () => {
    for (const [what, settings, usdAnHour, usdAMonth] of cases) {
        it(`is that of ${what}`, () => {
            const { sum, isWhole } = costsFor(settings);
            expect(isWhole).to.equal(true);
            expect(sum.usdAnHour).to.be.closeTo(usdAnHour, 0.000001);
            expect(sum.usdAMonth).to.be.closeTo(usdAMonth, 0.001);
        });
    }

    it("has SUSE's share of the hosts: what they cost more than without a licence", () => {
        // 2 x (0.0518 - 0.0208) = 0.062; x 730 = 45.26
        expect(costsFor({ hosts: { count: 2 } }).suse).to.deep.equal({ usdAnHour: 0.062, usdAMonth: 45.26 });
    });

    it("counts docker volumes only of hosts that have one", () => {
        const settings = {
            hosts: { count: 3 },
            dockerStorage: { mode: "volume", sizeGiB: 50, hosts: [1, 3] },
        };
        // Three root volumes of 110 GiB, as one host keeps to the image's store; two of 50 GiB.
        expect(partsFor(settings).find(({ kind }) => kind === "volumes")).to.include({
            count: 5,
            sizeGiB: 430,
        });
    });

    it("goes by the number of hosts that ECS has brought a group to", () => {
        const group = { hosts: { mode: "autoScaling", min: 1, max: 9 } };
        expect(partsFor(group, 4)[0]).to.include({ kind: "hosts", count: 4 });
    });

    for (const [what, settings] of [
        ["an instance type without a known price", { hosts: { instanceType: "x9.huge" } }],
        [
            "more throughput than a volume has without extra charge",
            { dockerStorage: { mode: "volume", throughputMiBps: 500 } },
        ],
    ] as const) {
        it(`is only the least that it costs with ${what}, which counts as not known`, () => {
            const { isWhole, items, sum } = costsFor(settings);
            expect(isWhole).to.equal(false);
            const known = items.flatMap(({ cost }) => (cost === undefined ? [] : [cost.usdAMonth]));
            expect(known).to.have.length(items.length - 1);
            expect(sum.usdAMonth).to.be.closeTo(
                known.reduce((all, one) => all + one, 0),
                0.001,
            );
        });
    }
});

describe("office hours and pauses", () => {
    it("have hosts and their addresses cost only while they are open, and volumes all the time", () => {
        const hours = hoursOf("Mon-Fri 08:00-18:00 Europe/Berlin");
        // 50 of 168 hours
        expect(openShare(hours)).to.be.closeTo(0.297619, 0.000001);
        const { sum } = costsOf(partsFor({}), bundledPrices, hours);
        // (37.814 + 3.65) x 50 / 168 + 8.80
        expect(sum.usdAMonth).to.be.closeTo(21.1405, 0.001);
        expect(sum.usdAnHour).to.be.closeTo(0.068855, 0.000001);
    });

    it("save what fixed hosts cost, and leave their volumes", () => {
        const costs = costsFor({ hosts: { count: 2 } });
        // 2 x (37.814 + 3.65); 2 x 8.80
        expect(savedByPause(costs).usdAMonth).to.be.closeTo(82.928, 0.001);
        expect(costs.paused.usdAMonth).to.be.closeTo(17.6, 0.001);
    });

    it("leave nothing of a group, whose volumes go with its hosts, but its NAT gateway with the address", () => {
        const costs = costsFor({
            hosts: { mode: "autoScaling", min: 2 },
            network: { mode: "create", subnets: "private" },
        });
        expect(costs.paused.usdAMonth).to.be.closeTo(36.5, 0.001);
    });

    it("tell what a lease costs to its end, and nothing of one that is over", () => {
        const costs = costsFor({});
        const now = new Date("2026-11-23T10:00:00Z");
        // 8 x 0.068855
        expect(costToEnd(costs, now, new Date("2026-11-23T18:00:00Z"))).to.be.closeTo(0.55084, 0.00001);
        expect(costToEnd(costs, now, new Date("2026-11-23T09:00:00Z"))).to.equal(0);
    });
});

describe("what stands", () => {
    const nothing: Standing = {
        ...{ hosts: [], isGroup: false, volumes: [], natGateways: 0 },
        ...{ interfaceEndpoints: 0, addresses: 0, loadBalancers: 0 },
    };
    const host = { instanceType: "t3.small", runs: true, hasPublicAddress: true };

    it("costs hosts that run, and of those that are stopped the volumes alone", () => {
        const { items } = costsOf(
            partsStanding({
                ...nothing,
                hosts: [host, { ...host, runs: false, hasPublicAddress: false }],
                volumes: [
                    { type: "gp3", sizeGiB: 110 },
                    { type: "gp3", sizeGiB: 110 },
                ],
            }),
            bundledPrices,
        );
        expect(items.map(({ kind, count, cost }) => [kind, count, cost?.usdAMonth])).to.deep.equal([
            ["hosts", 1, 37.814],
            ["volumes", 2, 17.6],
            ["publicAddresses", 1, 3.65],
        ]);
    });

    it("costs load balancers and addresses that stay also in a pause", () => {
        const { paused } = costsOf(
            partsStanding({ ...nothing, hosts: [host], natGateways: 1, addresses: 1, loadBalancers: 2 }),
            bundledPrices,
        );
        // 0.045 + 0.005 + 2 x 0.0225
        expect(paused.usdAnHour).to.be.closeTo(0.095, 0.000001);
    });

    it("is only the least where nobody knows in how many zones endpoints are", () => {
        const standing = { ...nothing, interfaceEndpoints: 6 };
        expect(costsOf(partsStanding(standing), bundledPrices).isWhole).to.equal(false);
        const { sum } = costsOf(partsStanding({ ...standing, endpointZones: 2 }), bundledPrices);
        expect(sum.usdAnHour).to.equal(0.12);
    });
});

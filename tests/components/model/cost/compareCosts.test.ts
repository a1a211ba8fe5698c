import { expect } from "chai";

import { riseOf, type CostRise } from "../../../../components/model/cost/compareCosts";
import { costsOf } from "../../../../components/model/cost/costs";
import type { Part } from "../../../../components/model/cost/parts";
import { bundledPrices } from "../../../../components/model/cost/prices";

// us-east-1: t3.small 37.814 USD a month, t3.large 101.835, NAT gateway 32.85, address 3.65, 110 GiB of gp3 8.80.
const hosts = (count: number, type = "t3.small"): Part => ({ kind: "hosts", type, count, stops: true });
const volumes = (count: number): Part => ({
    ...{ kind: "volumes", type: "gp3", count, sizeGiB: 110 * count, stops: false },
});
const addresses = (count: number): Part => ({ kind: "publicAddresses", count, stops: true });
const nat: readonly Part[] = [
    { kind: "natGateways", count: 1, stops: false },
    { kind: "publicAddresses", count: 1, stops: false },
];

function rise(before: readonly Part[], after: readonly Part[]): CostRise | undefined {
    return riseOf(costsOf(before, bundledPrices), costsOf(after, bundledPrices));
}

const kindsOf = (one: CostRise | undefined) => one?.more.map(({ kind }) => kind);

describe("what a change adds to the costs", () => {
    it("is twice the hosts, with their volumes and addresses", () => {
        const found = rise([hosts(1), volumes(1), addresses(1)], [hosts(2), volumes(2), addresses(2)]);
        expect(found?.fromUsdAMonth).to.be.closeTo(50.264, 0.001);
        expect(found?.toUsdAMonth).to.be.closeTo(100.528, 0.001);
        expect(kindsOf(found)).to.deep.equal(["hosts", "volumes", "publicAddresses"]);
    });

    it("is a NAT gateway with its address, less the addresses of hosts that are private now", () => {
        const found = rise([hosts(1), volumes(1), addresses(1)], [hosts(1), volumes(1), ...nat]);
        expect(found?.fromUsdAMonth).to.be.closeTo(50.264, 0.001);
        // 37.814 + 8.80 + 32.85 + 3.65
        expect(found?.toUsdAMonth).to.be.closeTo(83.114, 0.001);
        expect(kindsOf(found)).to.deep.equal(["natGateways"]);
    });

    it("is that of a dearer instance type", () => {
        expect(kindsOf(rise([hosts(1)], [hosts(1, "t3.large")]))).to.deep.equal(["hosts"]);
    });

    it("is nothing where there is as much as before, or less", () => {
        expect(rise([hosts(2), volumes(2)], [hosts(2), volumes(2)])).to.equal(undefined);
        expect(rise([hosts(2), volumes(2)], [hosts(1), volumes(1)])).to.equal(undefined);
        expect(rise([hosts(1), ...nat], [hosts(1), addresses(1)])).to.equal(undefined);
    });

    it("takes volumes and addresses of hosts, which they always have, for unknown where none shows", () => {
        expect(rise([hosts(1)], [hosts(1), volumes(1), addresses(1)])).to.equal(undefined);
    });
});

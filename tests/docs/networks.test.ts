import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { describePart, wholeUsd } from "../../automation/output/costs";
import { costsOf, type CostItem } from "../../components/model/cost/costs";
import { partsOf } from "../../components/model/cost/parts";
import { bundledPrices } from "../../components/model/cost/prices";
import { parseSettings } from "../../components/model/settings";
import { root } from "./pages";

/** What the table of networks in the README says of each kind, a line each. */
function lineOf(subnets: string): string {
    const readme = readFileSync(path.join(root, "README.md"), "utf8");
    return readme.split("\n").find((line) => line.startsWith(`| \`${subnets}\` `)) ?? "";
}

function describeNetwork(items: readonly CostItem[]): string {
    const usdAMonth = items.reduce((sum, { cost }) => sum + (cost?.usdAMonth ?? 0), 0);
    return `${items.map(describePart).join(", ")}, about ${wholeUsd(usdAMonth)} USD a month`;
}

describe("The costs of networks in the README", () => {
    for (const subnets of ["public", "private", "isolated"]) {
        it(`are for ${subnets} subnets what preview and up say of one host in the default number of zones`, () => {
            const { settings } = parseSettings(
                { hosts: { count: 1 }, network: { mode: "create", subnets } },
                "dev",
            );
            const items = settings === undefined ? [] : costsOf(partsOf(settings), bundledPrices).items;
            const ofNetwork = items.filter(({ kind }) => kind !== "hosts" && kind !== "volumes");
            expect(lineOf(subnets)).to.contain(describeNetwork(ofNetwork));
            const { usdAGigabyte } = bundledPrices;
            const passing: Record<string, number> = {
                private: usdAGigabyte.natGateway,
                isolated: usdAGigabyte.interfaceEndpoint,
            };
            if (subnets in passing) {
                expect(lineOf(subnets)).to.contain(` and ${passing[subnets]} USD a GB `);
            }
        });
    }
});

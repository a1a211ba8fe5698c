import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { describeNetworkCosts, networkCosts } from "../../components/model/networkCosts";
import { parseSettings } from "../../components/model/settings";
import { root } from "./pages";

/** What the table of networks in the README says of each kind, a line each. */
function lineOf(subnets: string): string {
    const readme = readFileSync(path.join(root, "README.md"), "utf8");
    return readme.split("\n").find((line) => line.startsWith(`| \`${subnets}\` `)) ?? "";
}

describe("The costs of networks in the README", () => {
    for (const subnets of ["public", "private", "isolated"]) {
        it(`are for ${subnets} subnets what preview and up say of one host in the default number of zones`, () => {
            const { settings } = parseSettings(
                { hosts: { count: 1 }, network: { mode: "create", subnets } },
                "dev",
            );
            const costs = settings && networkCosts(settings);
            const [said = ""] = (costs ? describeNetworkCosts(costs) : "").split(" (");
            expect(said).to.match(/ USD a month/);
            expect(lineOf(subnets)).to.contain(said);
        });
    }
});

import { expect } from "chai";
import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";

import { Checkout } from "./checkout";

const summary = "List the environments of this project";

describe("bin/sles-ecs.js in a checkout", () => {
    let checkout: Checkout;
    beforeEach(() => {
        checkout = new Checkout();
    });
    afterEach(() => {
        checkout.remove();
    });

    it("compiles at the first start and not again", async () => {
        expect((await checkout.slesEcs("--help")).stdout).to.include(summary);
        const builds = readdirSync(checkout.builds);
        expect(builds).to.have.length(1);
        expect((await checkout.slesEcs("--help")).stdout).to.include(summary);
        expect(readdirSync(checkout.builds)).to.deep.equal(builds);
    });

    it("neither compiles nor copies the pages that stand beside the code", async () => {
        await checkout.slesEcs("--help");
        const [only = ""] = readdirSync(checkout.builds);
        checkout.edit("local/README.md", "#", "# New:");
        await checkout.slesEcs("--help");
        expect(readdirSync(checkout.builds)).to.deep.equal([only]);
        const pages = readdirSync(path.join(checkout.builds, only), { recursive: true, encoding: "utf8" });
        expect(pages.filter((file) => file.endsWith(".md"))).to.deep.equal([]);
    });

    it("runs a change at the next start", async () => {
        await checkout.slesEcs("--help");
        checkout.edit("automation/verbs/list/command.ts", summary, "Name what there is");
        expect((await checkout.slesEcs("--help")).stdout)
            .to.include("Name what there is")
            .and.not.include(summary);
    });

    it("compiles once whole when several start at the same time", async () => {
        const answers = await Promise.all(
            Array.from({ length: 4 }, () => checkout.slesEcs("list", "--help")),
        );
        for (const { code, stdout, stderr } of answers) {
            expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
            expect(stdout).to.include("sles-ecs list");
        }
        expect(readdirSync(checkout.builds)).to.have.length(1);
    });

    it("keeps what running programs were compiled from for a day, and no longer", async () => {
        await checkout.slesEcs("--help");
        const [first = ""] = readdirSync(checkout.builds);
        checkout.edit("automation/verbs/list/command.ts", summary, "Second");
        await checkout.slesEcs("--help");
        expect(readdirSync(checkout.builds)).to.have.length(2).and.include(first);

        const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
        utimesSync(path.join(checkout.builds, first), twoDaysAgo, twoDaysAgo);
        checkout.edit("automation/verbs/list/command.ts", "Second", "Third");
        await checkout.slesEcs("--help");
        expect(readdirSync(checkout.builds)).to.have.length(2).and.not.include(first);
    });

    it("says where the code does not compile, and leaves no half of it", async () => {
        checkout.edit("automation/verbs/list/command.ts", "export const", "export konst");
        const { code, stdout, stderr } = await checkout.slesEcs("--help");
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
        expect(stderr)
            .to.match(/^sles-ecs: the checkout does not compile: .*/)
            .and.include("automation/verbs/list/command.ts");
        expect(readdirSync(checkout.builds)).to.be.empty;
    });
});

import { Workplace, expectExit } from "./harness";
import type { Inventory } from "./inventory";
import { expect } from "chai";

const lives: Readonly<Record<string, object>> = {
    "fixed hosts with volumes in a network of their own": {
        hosts: { count: 2 },
        network: { mode: "create" },
        dockerStorage: { mode: "volume", sizeGiB: 20 },
    },
    "an Auto Scaling group in the default network": {
        hosts: { mode: "autoScaling", min: 1, max: 2, desired: 2 },
    },
};

// AWS's own words, "eventual consistency", are about reads and uses of what was made a moment ago.
describe("a life where AWS takes two seconds to know what it has made", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
        await place.tune({ settlingSeconds: 2 });
    });
    after(() => place.stop());

    for (const [what, settings] of Object.entries(lives)) {
        it(`comes up ready, shows no change, tells its status, and goes without a trace: ${what}`, async () => {
            await place.writeSettings("late", { ...settings });
            expectExit(await place.slesEcs(["up", "late", "--yes"]), 0);
            expectExit(await place.slesEcs(["status", "late"]), 0);
            expectExit(await place.slesEcs(["preview", "late", "--expect-no-changes"]), 0);
            expectExit(await place.slesEcs(["destroy", "late", "--yes"]), 0);
            expect(await place.inventory()).to.deep.equal(initially);
        });
    }
});

import fs from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

describe("a project in a folder whose name means something to shells, URLs and paths", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
    });
    after(() => place.stop());

    it("has a whole life: init, preview, up, status, list, destroy", async () => {
        const directory = path.join(place.directory, `a #b?c%20d 'e"`);
        await fs.mkdir(directory);
        const run = async (...args: string[]) => {
            const answer = await place.slesEcs(args, { directory });
            expectExit(answer, 0);
            return answer.stdout;
        };
        await run("init");
        await run("preview", "dev");
        expect(await run("up", "dev", "--yes")).to.include("dev is up");
        expect(await fs.readFile(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.include("lock:");
        expect(await run("status", "dev")).to.include("dev");
        expect(await run("list")).to.match(/^dev +up /m);
        // From elsewhere, by name, the next command included.
        const outside = { directory: place.directory };
        const unasked = await place.slesEcs(["-C", directory, "destroy", "dev"], outside);
        expectExit(unasked, 2);
        expect(unasked.stderr).to.include(
            `Next: sles-ecs -C '${directory.replaceAll("'", `'\\''`)}' destroy dev --yes`,
        );
        expectExit(await place.slesEcs(["-C", directory, "destroy", "dev", "--yes"], outside), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});

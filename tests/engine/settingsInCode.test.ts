import fs from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { openEnvironments, type Environments } from "../../automation";
import { expectExit, Workplace } from "./harness";
import { difference, type Inventory } from "./inventory";

describe("an environment whose settings a program gives", () => {
    let place: Workplace;
    let initially: Inventory;
    let environments: Environments;
    const phases: string[] = [];

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
        environments = openEnvironments({
            directory: place.project,
            env: place.environment,
            progress: { phase: (title) => phases.push(title) },
        });
    });
    after(() => place.stop());

    /** Settings files of whatever form. */
    const files = async (): Promise<readonly string[]> =>
        (await fs.readdir(place.project)).filter((name) => /^Pulumi\..+\.ya?ml$/.test(name));

    it("lives without a file: it comes up, is known to other processes, changes, and goes", async () => {
        const settings = { hosts: { count: 2 }, tags: { team: "blue" } };
        const planned = await environments.preview("alice", { settings });
        expect(planned.changes.counts.create).to.be.greaterThan(0);
        expect(await files()).to.deep.equal([]);

        const { outputs, ready } = await environments.up("alice", { settings });
        expect(outputs).to.include({ clusterName: "alice" });
        expect(ready?.hosts).to.have.lengthOf(2);
        expect(phases).to.include.members(["checking", "creating", "waiting for hosts"]);
        expect(await files()).to.deep.equal([]);

        // Another process, which has never seen these settings.
        const status = await place.expectSlesEcs(0, "status", "alice", "--output", "json");
        expect(JSON.parse(status.stdout)).to.include({
            environment: "alice",
            wantedHosts: 2,
            missingHosts: 0,
        });
        expect(status.stderr).to.equal("");
        const listed = await place.expectSlesEcs(0, "list");
        expect(listed.stdout).to.match(/^alice .*fixed, 2/m);
        const same = await place.expectSlesEcs(0, "preview", "alice", "--expect-no-changes");
        expect(same.stdout).to.equal("alice: up would change nothing\n");
        expect((await place.expectSlesEcs(0, "up", "alice")).stdout).to.contain("nothing changed");
        expectExit(await place.slesEcs(["hosts", "scale", "alice", "3"]), 2);

        const more = await environments.up("alice", { settings: { ...settings, hosts: { count: 3 } } });
        expect(more.ready?.hosts).to.have.lengthOf(3);
        expect(more.changes.counts.replace ?? 0).to.equal(0);
        expect((await environments.status("alice")).wantedHosts).to.equal(3);
        expect(await files()).to.deep.equal([]);

        const { evidence } = await environments.destroy("alice");
        expect(evidence.verdict).to.equal("gone");
        expect(difference(initially, await place.inventory())).to.deep.equal([]);
        expect(await files()).to.deep.equal([]);
        await fs.access(path.join(place.project, "Pulumi.yaml"));
    });
});

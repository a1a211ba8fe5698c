import { readdirSync } from "node:fs";
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
        expect(await environments.statusPage("alice")).to.match(
            /^<!doctype html>[^]*Last run[^]*<\/html>\n$/,
        );
        expect(await files()).to.deep.equal([]);

        const { evidence } = await environments.destroy("alice");
        expect(evidence.verdict).to.equal("gone");
        expect(difference(initially, await place.inventory())).to.deep.equal([]);
        expect(await files()).to.deep.equal([]);
        await fs.access(path.join(place.project, "Pulumi.yaml"));
    });

    it("is not taken for another one by who looks while it comes up, nor by who goes on after a power cut", async () => {
        const library = path.join(__dirname, "..", "..", "dist", "automation", "index.js");
        const program = `
            const progress = { resource: ({ phase, type }) => console.log(phase, type) };
            const { openEnvironments } = require(${JSON.stringify(library)});
            const environments = openEnvironments({ directory: ".", env: process.env, progress });
            void environments.up("alice", { settings: { hosts: { count: 2 } } });
        `;
        const killed = await place.bash('exec node -e "$PROGRAM"', {
            env: { PROGRAM: program },
            onOutput: (output, _interrupt, kill) => {
                if (output.includes("started aws:ec2/instance")) {
                    kill();
                }
            },
        });
        expect(killed.exitCode).to.equal(null);
        expect(await files()).to.deep.equal(["Pulumi.alice.yaml"]);
        const status = await place.expectSlesEcs(0, "status", "alice", "--output", "json");
        expect(JSON.parse(status.stdout)).to.include({ wantedHosts: 2 });

        let seen: readonly string[] = [];
        let looking: Promise<unknown> = Promise.resolve();
        const looked = openEnvironments({
            directory: place.project,
            // Another region than the environment is in.
            env: { ...place.environment, AWS_REGION: "eu-central-1", AWS_DEFAULT_REGION: "eu-central-1" },
            progress: {
                resource: ({ type }) => {
                    if (type === "aws:ec2/instance:Instance" && seen.length === 0) {
                        seen = readdirSync(place.project).filter((name) => name === "Pulumi.alice.yaml");
                        looking = environments.status("alice").then(({ wantedHosts }) => {
                            expect(wantedHosts).to.equal(3);
                        });
                    }
                },
            },
        });
        const { ready, outputs } = await looked.up("alice", {
            settings: { hosts: { count: 3 } },
            allowLosses: true,
        });
        await looking;
        expect(seen).to.deep.equal(["Pulumi.alice.yaml"]);
        expect(ready?.hosts).to.have.lengthOf(3);
        expect(outputs["region"]).to.equal("us-east-1");
        expect(await environments.status("alice")).to.include({ region: "us-east-1", missingHosts: 0 });
        expect(await files()).to.deep.equal([]);

        await place.pulumi(["refresh", "--yes", "--stack", "alice", "--run-program=false"]);
        expect(await files()).to.deep.equal(["Pulumi.alice.yaml"]);
        expect((await place.expectSlesEcs(0, "up", "alice")).stdout).to.contain("nothing changed");
        expect(await files()).to.deep.equal([]);
        expect((await environments.destroy("alice")).evidence.verdict).to.equal("gone");
        expect(difference(initially, await place.inventory())).to.deep.equal([]);
        expect(await files()).to.deep.equal([]);
    });
});

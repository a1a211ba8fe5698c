import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { parse } from "yaml";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

/** SLES 15 SP7, and not the latest one of the local cloud. */
const older = "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64";
const newest = "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64";
const anyDate = "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64";

describe("the lock of the host image", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
    });
    after(() => place.stop());

    const locked = async (environment: string): Promise<Record<string, string> | undefined> => {
        const text = await readFile(place.settingsFile(environment), "utf8");
        const { config } = parse(text) as { config: Record<string, { lock?: Record<string, string> }> };
        return config["sles-ecs:hostImage"]?.lock;
    };

    it("keeps hosts on their image through every door, from before there is one until it is moved", async () => {
        await place.writeSettings("steady", { hosts: { count: 1 }, hostImage: { filter: older } });
        expectExit(await place.pulumi(["stack", "init", "steady"]), 0);
        const first = await place.pulumi(["up", "--stack", "steady", "--yes", "--skip-preview"]);
        expectExit(first, 0);
        expect(first.stdout + first.stderr).to.include("the host image is not locked");
        expect(first.stdout + first.stderr).to.include("sles-ecs images lock steady");

        const hosts = (await place.inventory())["instances"];

        // As if the newer image had come out since. That the settings changed shows as a step of the component itself.
        await place.writeSettings("steady", { hosts: { count: 1 }, hostImage: { filter: anyDate } });
        const byPulumi = await place.pulumi(["up", "--stack", "steady", "--yes", "--skip-preview"]);
        expectExit(byPulumi, 0);
        expect(byPulumi.stdout)
            .to.include("1 updated")
            .and.not.match(/created|replaced|deleted/);
        const unlocked = await place.slesEcs(["preview", "steady", "--expect-no-changes"]);
        expectExit(unlocked, 0);
        expect(unlocked.stderr.match(/the host image is not locked/g)).to.have.length(1);
        expect(await locked("steady")).to.equal(undefined);

        const up = await place.slesEcs(["up", "steady"]);
        expectExit(up, 0);
        expect(up.stdout).to.match(/steady is up: nothing changed, \d+ unchanged;/);
        expect(await locked("steady")).to.include({ name: older, date: "20260617", region: "us-east-1" });
        expectExit(await place.pulumi(["preview", "--stack", "steady", "--expect-no-changes"]), 0);
        expect((await place.inventory())["instances"]).to.deep.equal(hosts);

        const outdated = await place.slesEcs(["images", "outdated", "--output", "json"]);
        expectExit(outdated, 1);
        const { environments } = JSON.parse(outdated.stdout) as {
            environments: { lock: { name: string }; newest: { name: string }; state: string }[];
        };
        expect(
            environments.map(({ lock, newest: best, state }) => [lock.name, best.name, state]),
        ).to.deep.equal([[older, newest, "deprecated"]]);

        expectExit(await place.slesEcs(["images", "lock", "steady", "--newest"]), 0);
        expect(await locked("steady")).to.include({ name: newest });
        const preview = await place.slesEcs(["preview", "steady"]);
        expectExit(preview, 0);
        expect(preview.stdout).to.match(/replace host 1 \(ami/);
        const behind = await place.slesEcs(["images", "outdated"]);
        expectExit(behind, 1);
        expect(behind.stdout)
            .to.include(`the host runs another image than the locked one: ${older}`)
            .and.include("Next: sles-ecs images update steady");

        expectExit(await place.slesEcs(["destroy", "steady", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("is refused in another region, before anything is made", async () => {
        const lock = {
            id: "ami-0123456789abcdef0",
            name: newest,
            date: "20260922",
            region: "eu-central-1",
        };
        await place.writeSettings("moved", { hosts: { count: 1 }, hostImage: { lock } });
        const up = await place.slesEcs(["up", "moved", "--yes"]);
        expectExit(up, 2);
        expect(up.stderr).to.include("IMAGE_LOCK_WRONG");
        expect(up.stderr).to.include("is locked in eu-central-1, and this is us-east-1");
        expectExit(await place.pulumi(["stack", "init", "moved"]), 0);
        const pulumi = await place.pulumi(["up", "--stack", "moved", "--yes", "--skip-preview"]);
        expect(pulumi.exitCode).not.to.equal(0);
        expect(pulumi.stdout + pulumi.stderr).to.include("is locked in eu-central-1");
        expectExit(await place.pulumi(["stack", "rm", "moved", "--yes", "--force"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});

import { readFile, writeFile } from "node:fs/promises";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { Workplace } from "./harness";
import { runningHosts, startWeb, tasksOfWeb } from "./runningHosts";

interface Planned {
    readonly counts: Readonly<Record<string, number>>;
    readonly steps: readonly { readonly type: string; readonly isRetained?: boolean }[];
}

describe("hosts scale on a whole system", () => {
    let place: Workplace;
    let ec2: EC2;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
        ecs = new ECS(place.access);
    });
    after(() => place.stop());

    const run = (exitCode: number, ...args: readonly string[]) => place.expectSlesEcs(exitCode, ...args);

    it("a fixed host goes without its tasks, leaves its volume, and comes back with it", async () => {
        await place.writeSettings("pair", {
            hosts: { count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true },
        });
        await run(0, "up", "pair", "--yes");
        await startWeb(ecs, "pair", 2);
        const [first, second] = await runningHosts(ec2, "pair");
        const file = place.settingsFile("pair");
        const pair = await readFile(file, "utf8");
        await writeFile(file, pair.replace(/"count": 2\b/, '"count": 1'));
        expect((await run(0, "preview", "pair")).stdout)
            .to.match(
                /^ +- +leave +docker volume of host 2, out of the state alone: it stays in the account$/m,
            )
            .and.include(", leave 1 in place;");
        const planned = JSON.parse((await run(0, "preview", "pair", "--output", "json")).stdout) as Planned;
        expect(planned.counts).to.include({ retain: 1 });
        expect(planned.steps.filter(({ isRetained }) => isRetained).map(({ type }) => type)).to.deep.equal([
            "aws:ebs/volume:Volume",
        ]);
        await writeFile(file, pair);
        expect((await run(2, "hosts", "scale", "pair", "1")).stderr)
            .to.include("CONSENT_NEEDED")
            .and.match(/2 \(i-\w+\) in \S+: .*its docker volume is kept/);

        await run(0, "hosts", "scale", "pair", "1", "--yes");
        expect(await runningHosts(ec2, "pair")).to.deep.equal([first]);
        expect(await tasksOfWeb(ecs, "pair")).to.equal(2);
        expect(await readFile(place.settingsFile("pair"), "utf8")).to.match(/"count": 1\b/);
        await run(0, "preview", "pair", "--expect-no-changes");

        const back = await run(0, "hosts", "scale", "pair", "2", "--yes", "--output", "json");
        expect(JSON.parse(back.stdout)).to.deep.include({ count: 2, removed: [], wantedHosts: 2 });
        const [, again] = await runningHosts(ec2, "pair");
        expect(again).to.deep.include({ number: "2", volume: second?.volume });
        await run(0, "preview", "pair", "--expect-no-changes");
        await ecs.deleteService({ cluster: "pair", service: "web", force: true });
        await run(0, "destroy", "pair", "--yes");
    });

    it("a group gets more hosts and fewer ones, within its limits and beyond", async () => {
        await place.writeSettings("group", { hosts: { mode: "autoScaling", min: 2, max: 2 } });
        await run(0, "up", "group", "--yes");
        const two = await runningHosts(ec2, "group");
        expect(two).to.have.length(2);
        expect((await run(2, "hosts", "scale", "group", "3", "--yes")).stderr).to.include(
            "HOSTS_OUT_OF_LIMITS",
        );
        const more = await run(0, "hosts", "scale", "group", "3", "--adjust-limits", "--yes");
        expect(more.stdout).to.include("is to have 3 hosts: 3 of 3 ready");
        const three = (await runningHosts(ec2, "group")).map(({ id }) => id);
        expect(three).to.include.members(two.map(({ id }) => id));
        await run(0, "hosts", "scale", "group", "1", "--adjust-limits", "--yes");
        expect(await runningHosts(ec2, "group")).to.have.length(1);
        await run(0, "preview", "group", "--expect-no-changes");
        await run(0, "destroy", "group", "--yes");
    });
});

import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { Workplace } from "./harness";
import { runningHosts, startWeb, tasksOfWeb } from "./runningHosts";

describe("hosts replace on a whole system", () => {
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

    it("a fixed host goes and comes back with its number and its volume, and the other one stays", async () => {
        await place.writeSettings("pair", {
            hosts: { count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true },
        });
        await run(0, "up", "pair", "--yes");
        await startWeb(ecs, "pair", 2);
        const [first, second] = await runningHosts(ec2, "pair");
        const asked = await run(2, "hosts", "replace", "pair", "1");
        expect(asked.stderr)
            .to.include("CONSENT_NEEDED")
            .and.match(/i-\w+ in \S+, host 1, its docker volume passes to its successor, ready:/);
        expect(await runningHosts(ec2, "pair")).to.deep.equal([first, second]);

        const { stdout } = await run(0, "hosts", "replace", "pair", "1", "--yes", "--output", "json");
        const answer = JSON.parse(stdout) as { successors: string[]; replaced: { instanceId: string }[] };
        const [successor, ...others] = await runningHosts(ec2, "pair");
        expect(others).to.deep.equal([second]);
        expect(successor).to.deep.include({ number: "1", volume: first?.volume });
        expect(successor?.id).to.not.equal(first?.id);
        expect(answer.successors).to.deep.equal([successor?.id]);
        expect(answer.replaced.map(({ instanceId }) => instanceId)).to.deep.equal([first?.id]);
        expect(await tasksOfWeb(ecs, "pair")).to.equal(2);
        // The engine sees no difference, in the outputs neither.
        await run(0, "preview", "pair", "--expect-no-changes");
        expect((await run(0, "outputs", "pair")).stdout).to.include(successor?.id ?? "");
        expect((await run(3, "hosts", "replace", "pair", first?.id ?? "", "--yes")).stderr).to.include(
            "HOST_GONE",
        );

        await ecs.deleteService({ cluster: "pair", service: "web", force: true });
        await run(0, "destroy", "pair", "--yes");
    });

    it("a host of a group goes once its successor is ready, and the group is as large as before", async () => {
        await place.writeSettings("group", {
            hosts: { mode: "autoScaling", min: 2, max: 3, desired: 2 },
        });
        await run(0, "up", "group", "--yes");
        const before = await runningHosts(ec2, "group");
        const [first] = before;
        const done = await run(0, "hosts", "replace", "group", first?.id ?? "", "--yes");
        expect(done.stderr).to.match(/their successors first: group \S+ may have 3 hosts/);
        const after = await runningHosts(ec2, "group");
        expect(after).to.have.length(2);
        expect(after.map(({ id }) => id)).to.not.include(first?.id);
        const { AutoScalingGroups = [] } = await new AutoScaling(place.access).describeAutoScalingGroups({});
        expect(AutoScalingGroups[0]).to.include({ MinSize: 2, MaxSize: 3, DesiredCapacity: 2 });
        await run(0, "preview", "group", "--expect-no-changes");
        await run(0, "destroy", "group", "--yes");
    });
});

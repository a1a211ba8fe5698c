import { expect } from "chai";

import { chosenImage, goodAccount, inEc2 } from "../../helpers/account";
import { service } from "../../helpers/awsObjects";
import { createFakeAws, type FakeAws } from "../../helpers/fakeAws";
import type { FakeContextOptions } from "../../helpers/fakes";
import { standing } from "../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { inTwoHours, leased } from "../lease/leaseCase";
import { lockedSettings, ready } from "../verbs/standing";

/** dev, with two hosts and the service web of two tasks, once it is paused. */
async function pausedDev(): Promise<{ readonly account: FakeAws; readonly options: FakeContextOptions }> {
    const account = createFakeAws({
        ...goodAccount("us-east-1", [inEc2(chosenImage)]),
        ...standing("dev", [ready, ready]),
        services: { dev: [service("web")] },
    });
    const id = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
    const options: FakeContextOptions = {
        directory: makeProject({ "Pulumi.dev.yaml": lockedSettings }),
        stacks: {
            dev: { resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id }] },
        },
        aws: account,
    };
    const services = account.state.services["dev"]?.map((one) => ({
        ...one,
        arn: one.arn.replace("/alice/", "/dev/"),
    }));
    account.state.services["dev"] = services ?? [];
    expect((await play(["pause", "dev", "--yes"], options)).exitCode).to.equal(0);
    return { account, options };
}

describe("an environment that is paused", () => {
    afterEach(removeFolders);

    it("is told by status, with what brings it back", async () => {
        const { options } = await pausedDev();
        const { context } = await play(["status", "dev"], options);
        expect(context.io.out()).to.contain("paused since 2026-11-23T10:00:00Z, 0 of 2 hosts ready");
        expect(context.io.out()).to.contain("Next: sles-ecs resume dev\n").and.to.not.contain("wait");
        const json = await play(["status", "dev", "-o", "json"], options);
        expect(JSON.parse(json.context.io.out())).to.include({ pausedSince: "2026-11-23T10:00:00Z" });
    });

    it("is told by list, where AWS is asked for leases", async () => {
        const tags = { "sles-ecs:paused": "2026-11-23T09:00:00Z" };
        const options = leased({ alice: { expiresAt: inTwoHours, tags }, bob: { expiresAt: inTwoHours } });
        const { context } = await play(["list"], options);
        expect(context.io.out())
            .to.match(/^alice +paused +alice/m)
            .and.to.match(/^bob +up +alice/m);
        const json = await play(["list", "-o", "json"], options);
        const { environments } = JSON.parse(json.context.io.out()) as {
            environments: { name: string; paused?: true }[];
        };
        expect(environments.filter(({ paused }) => paused).map(({ name }) => name)).to.deep.equal(["alice"]);
    });

    it("is not waited for: exit code 5", async () => {
        const { options } = await pausedDev();
        const { exitCode, transcript } = await play(["wait", "dev"], options);
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain(
                "error: dev is paused, since 2026-11-23T10:00:00Z\nNext: sles-ecs resume dev\n(PAUSED",
            )
            .and.to.not.contain("waiting for hosts");
    });

    it("gets no other image until it goes on: exit code 5", async () => {
        const { account, options } = await pausedDev();
        const made = account.changes.length;
        const { exitCode, transcript } = await play(["images", "update", "dev", "--yes"], options);
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("(PAUSED, exit code 5)");
        expect(account.changes).to.have.length(made);
    });

    it("is previewed as what it is, with no change of its resources", async () => {
        const { options } = await pausedDev();
        const { context, exitCode } = await play(["preview", "dev", "--expect-no-changes"], options);
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.equal(
            [
                "paused since 2026-11-23T10:00:00Z: up would bring hosts and services back",
                "up would start host i-1, which is stopped",
                "up would start host i-2, which is stopped",
                "",
            ].join("\n"),
        );
        expect(context.calls).to.include("engine preview");
    });

    for (const wait of [true, false]) {
        it(`is brought back by up${wait ? "" : " --no-wait"}, services with it`, async () => {
            const { account, options } = await pausedDev();
            const made = account.changes.length;
            const { exitCode, transcript } = await play(
                ["up", "dev", ...(wait ? [] : ["--no-wait"])],
                options,
            );
            expect(exitCode, transcript).to.equal(0);
            expect(account.changes.slice(made)).to.deep.equal([
                "start i-1,i-2",
                `activate ${["i-1", "i-2"].map((id) => `arn:aws:ecs:us-east-1:123456789012:container-instance/dev/of-${id}`).join(",")}`,
                "setDesiredCount web 2",
                "untagService web sles-ecs:paused-count",
                "untagCluster sles-ecs:paused",
            ]);
        });
    }
});

import { expect } from "chai";

import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice } from "../../pause/pauseCase";
import { attachedWorkers } from "../groups/workersCase";

const settings = (hosts: string): string =>
    `config:\n    aws:region: us-east-1\n    sles-ecs:hosts: ${hosts}\n`;

describe("up and its preview, with a group that was attached", () => {
    afterEach(removeFolders);

    for (const [mode, hosts, own] of [
        ["autoScaling", "{ mode: autoScaling, min: 1, max: 2 }", []],
        ["fixed", "{ count: 1 }", [{ type: "aws:autoscaling/group:Group", name: "g", id: "sles-ecs-alice" }]],
    ] as const) {
        for (const argv of [
            ["up", "alice", "--yes"],
            ["preview", "alice"],
        ])
            it(`${argv[0]} refuses to change hosts.mode to ${mode}, which would take the group off the cluster`, async () => {
                const account = attachedWorkers();
                const given = onAlice(account);
                const alice = given.stacks?.["alice"] ?? {};
                const { exitCode, transcript, context } = await play(argv, {
                    ...given,
                    directory: makeProject({ "Pulumi.alice.yaml": settings(hosts) }),
                    stacks: { alice: { ...alice, resources: [...(alice.resources ?? []), ...own] } },
                });
                expect(exitCode).to.equal(2);
                expect(transcript)
                    .to.contain(`hosts.mode is to be ${mode} instead of`)
                    .and.contain("Next: sles-ecs groups remove alice workers\n");
                expect([
                    account.changes,
                    context.calls.filter((call) => /^engine (up|preview)/.test(call)),
                ]).to.deep.equal([[], []]);
            });
    }
});

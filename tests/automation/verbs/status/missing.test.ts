import { expect } from "chai";

import { cluster, emptyGroup, instance, registered } from "../../../helpers/awsObjects";
import { createFakeAws, type FakeAws } from "../../../helpers/fakeAws";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const stack = {
    resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }],
    outputs: { clusterName: "alice" },
};

function status(aws: FakeAws, argv: readonly string[] = [], hosts = "{ count: 3 }") {
    return play(["status", "alice", ...argv], {
        directory: makeProject({ "Pulumi.alice.yaml": `config:\n    sles-ecs:hosts: ${hosts}\n` }),
        stacks: { alice: stack },
        aws,
    });
}

/** Of three hosts one is ready, one was given up by EC2, and of one there is nothing at all. */
function oneOfThree(): FakeAws {
    return createFakeAws({
        clusters: [cluster({ registeredHosts: 1 })],
        instances: [
            instance(1),
            instance(2, { state: "terminated", stateReason: "Server.SpotInstanceTermination: taken back" }),
        ],
        containerInstances: { alice: [registered(1)] },
    });
}

describe("status of an environment that lacks hosts", () => {
    after(removeFolders);

    it("says how many do not exist, and why those are gone that EC2 still tells of, as wait does", async () => {
        const { context } = await status(oneOfThree());
        expect(context.io.out())
            .to.contain("1 of 3 hosts ready")
            .and.contain("i-2: the instance is terminated: Server.SpotInstanceTermination: taken back\n")
            .and.contain(
                "1 more host does not exist: EC2 has no other instance with the tag sles-ecs:stack=",
            );
    });

    it("sends nobody to wait for a fixed host that no waiting brings", async () => {
        const { context } = await status(oneOfThree());
        expect(context.io.out()).to.match(/\nNext: sles-ecs up alice\n$/);
    });

    it("nor for one that somebody, or the end of its lease, has stopped", async () => {
        const aws = createFakeAws({
            clusters: [cluster({ registeredHosts: 1 })],
            instances: [instance(1, { state: "stopped" })],
            containerInstances: { alice: [registered(1, { agentConnected: false })] },
        });
        const { context } = await status(aws, [], "{ count: 1 }");
        expect(context.io.out()).to.match(/\nNext: sles-ecs up alice\n$/);
    });

    it("has wait as the next step where a group brings its hosts by itself", async () => {
        const aws = createFakeAws({
            clusters: [cluster({ registeredHosts: 1 })],
            instances: [instance(1)],
            containerInstances: { alice: [registered(1, { agentConnected: false })] },
            groups: [{ ...emptyGroup(), desired: 2, instanceIds: ["i-1"] }],
        });
        const { context } = await status(aws, [], "{ mode: autoScaling, min: 2, max: 3 }");
        expect(context.io.out()).to.match(/1 more host does not exist.*\n\nNext: sles-ecs wait alice\n$/s);
    });

    it("tells scripts how many", async () => {
        const { context } = await status(oneOfThree(), ["-o", "json"]);
        const answer = JSON.parse(context.io.out()) as { lostHosts: readonly { instanceId: string }[] };
        expect(answer).to.have.property("missingHosts", 2);
        expect(answer.lostHosts.map(({ instanceId }) => instanceId)).to.deep.equal(["i-2"]);
    });
});

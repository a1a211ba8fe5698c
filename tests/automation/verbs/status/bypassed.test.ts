import { expect } from "chai";

import { cluster, emptyGroup, instance, registered } from "../../../helpers/awsObjects";
import { createFakeAws } from "../../../helpers/fakeAws";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const arn = "arn:aws:ecs:eu-central-1:123456789012:capacity-provider/alice";

describe("status of a host that registered before its group had the capacity provider", () => {
    after(removeFolders);

    it("counts it as ready and says what it misses, as wait does", async () => {
        const { context } = await play(["status", "alice"], {
            directory: makeProject({
                "Pulumi.alice.yaml": "config:\n    sles-ecs:hosts: { mode: autoScaling, min: 0, max: 2 }\n",
            }),
            stacks: {
                alice: {
                    resources: [
                        { type: "aws:ecs/capacityProvider:CapacityProvider", name: "alice", id: arn },
                    ],
                    outputs: { clusterName: "alice" },
                },
            },
            aws: createFakeAws({
                clusters: [cluster({ registeredHosts: 1 })],
                groups: [{ ...emptyGroup(), instanceIds: ["i-1"] }],
                instances: [instance(1)],
                containerInstances: { alice: [registered(1)] },
                clusterCapacityProviders: {
                    alice: [{ name: "alice", arn, isScoped: true, status: "ACTIVE" }],
                },
            }),
        });
        expect(context.io.out())
            .to.match(/\b(\d) of \1 hosts? ready/)
            .and.contain(
                "i-1: registered before its group had capacity provider alice, whose tasks it does not get; doctor names what mends it\n",
            );
    });
});

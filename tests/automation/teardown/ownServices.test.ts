import { expect } from "chai";

import { emptyCluster } from "../../../automation/emptying/emptyCluster";
import { survey, whatWasThere } from "../../../automation/teardown/survey";
import { tagKeys } from "../../../components/model/tags";
import { cluster, instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAws } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";
import { tagsOf } from "../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { occupied } from "./destroyCase";

/** Bob's cluster, with one host of alice, one service that `service deploy` has made for alice, and what bob runs. */
function bobsCluster(): FakeAws {
    return createFakeAws({
        clusters: [cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } })],
        instances: [instance(1)],
        containerInstances: { alice: [registered(1), registered(2)] },
        services: {
            alice: [
                service("shop", {
                    taskDefinition: "shop:1",
                    tags: { ...ownTags, [tagKeys.service]: "shop" },
                }),
                service("web"),
            ],
        },
        tasks: {
            alice: [
                task("t-1", "service:shop", { taskDefinition: "shop:1" }),
                task("t-2", "service:web"),
                task("t-3", "family:shop"),
            ],
        },
        taskDefinitions: {
            "shop:1": { hostPorts: [], placementConstraints: [], stopTimeoutSeconds: 90 },
            "web:3": { hostPorts: [], placementConstraints: [], stopTimeoutSeconds: 900 },
        },
    });
}

describe("the services of an environment in a cluster of others", () => {
    afterEach(removeFolders);

    it("are in the survey and in the evidence with their tasks, and what others run is not", async () => {
        const found = await survey({ ...targetIn(bobsCluster()), adopted: true }, recordProgress().progress);
        expect(found.services.map(({ name }) => name)).to.deep.equal(["shop"]);
        expect(found.standaloneTasks).to.deep.equal([]);
        const there = whatWasThere(found, []).filter(({ type }) => /^ecs:(service|task)$/.test(type));
        expect(there.map(({ id }) => id.split("/").at(-1))).to.deep.equal(["shop", "t-1"]);
    });

    it("get the time to stop that their containers may take, and no more for those of others", async () => {
        const fake = bobsCluster();
        const { notes, progress } = recordProgress();
        const clock = createFakeClock();
        const target = { ...targetIn(fake, { clock }), adopted: true };
        await emptyCluster(target, { timeoutSeconds: 60 }, progress).catch(() => undefined);
        // The container's 90 seconds, and a minute for ECS to say so.
        expect(notes).to.include(
            "tasks may take up to 2 min 30 s to stop: containers of shop:1 may take 1 min 30 s to stop",
        );
        expect(clock.seconds).to.be.within(150, 200);
    });

    it("are in the plan that destroy asks about", async () => {
        const shared = occupied("shared");
        const shop = service("shop", { tags: { ...tagsOf("dev"), [tagKeys.service]: "shop" } });
        const { context } = await play(["destroy", "dev"], {
            directory: makeProject({
                "Pulumi.dev.yaml": "config:\n  sles-ecs:clusterName: shared\n  sles-ecs:adoptCluster: true\n",
            }),
            stacks: { dev: { outputs: { clusterName: "shared" } } },
            aws: {
                ...shared,
                clusters: shared.clusters.map((one) => ({ ...one, tags: tagsOf("bob") })),
                services: { shared: [...(shared.services?.["shared"] ?? []), shop] },
            },
            answers: [false],
        });
        expect(context.aws.changes).to.deep.equal([]);
        expect(context.io.err())
            .to.match(/^ {2}service\s+shop \(2 of 2 tasks running\)$/m)
            .and.contain("keeps cluster shared and what else runs in it")
            .and.not.match(/service\s+web|job:7/);
    });
});

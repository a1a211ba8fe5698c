import { expect } from "chai";

import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const created = changes([step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1")]);

describe("up of an environment whose volumes were kept", () => {
    afterEach(removeFolders);

    it("shows what it would take up, and asks, unless the state has it", async () => {
        const kept = {
            id: "vol-1",
            sizeGiB: 100,
            zone: "us-east-1a",
            isEncrypted: true,
            isFree: true,
            tags: {
                ...tagsOf("dev"),
                "sles-ecs:stack-id": "earlier",
                "sles-ecs:host": "1",
                "sles-ecs:storage": "docker",
                "sles-ecs:keep": "true",
            },
        };
        const settings = "config:\n  aws:region: us-east-1\n  sles-ecs:dockerStorage: { mode: volume }\n";
        const run = async (args: readonly string[], resources: FakeStackOptions["resources"] = []) => {
            const directory = makeProject({ "Pulumi.dev.yaml": settings });
            const stacks = { dev: { resources, up: created } };
            const { transcript, context } = await play(["up", "dev", ...args], {
                directory,
                stacks,
                aws: { volumes: [kept] },
            });
            return { transcript, isUp: context.calls.includes("engine up") };
        };
        const refused = await run([]);
        expect(refused.transcript).to.include("vol-1 (100 GiB, us-east-1a) by host 1");
        expect(refused.transcript)
            .to.include("CONSENT_NEEDED")
            .and.to.include("Take up kept volume vol-1 in dev again?");
        expect(refused.isUp).to.equal(false);
        expect((await run(["--yes"])).isUp).to.equal(true);
        const volume = { type: "aws:ebs/volume:Volume", name: "sles-ecs-hosts-1-docker", id: "vol-1" };
        expect((await run([], [volume])).transcript).to.not.include("Take up kept");
    });
});

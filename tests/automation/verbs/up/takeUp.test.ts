import { expect } from "chai";

import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const created = changes([step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1")]);

describe("up of an environment whose volumes were kept", () => {
    afterEach(removeFolders);

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
    const storage = (more: string) =>
        `config:\n  aws:region: us-east-1\n  sles-ecs:dockerStorage: { mode: volume${more} }\n`;

    async function runIn(
        settings: string,
        args: readonly string[],
        {
            resources = [],
            volume = kept,
        }: Pick<FakeStackOptions, "resources"> & { volume?: typeof kept } = {},
    ) {
        const directory = makeProject({ "Pulumi.dev.yaml": settings });
        const stacks = { dev: { resources, up: created } };
        const { transcript, context } = await play(args, { directory, stacks, aws: { volumes: [volume] } });
        return { transcript, isUp: context.calls.includes("engine up") };
    }

    it("shows what it would take up, and asks, unless the state has it", async () => {
        const run = (args: readonly string[], resources: FakeStackOptions["resources"] = []) =>
            runIn(storage(", keepOnDestroy: true"), ["up", "dev", ...args], { resources });
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

    const loss =
        "will be deleted with the environment, and their data with them, because dockerStorage.keepOnDestroy is not set: vol-1 (100 GiB, us-east-1a) of host 1";
    const wayOut = "to keep them: set dockerStorage.keepOnDestroy to true";

    it("says, and asks, that a volume which its settings keep no longer goes with the environment", async () => {
        const refused = await runIn(storage(""), ["up", "dev"]);
        expect(refused.transcript).to.include(loss).and.to.include(wayOut);
        expect(refused.transcript).to.include(
            "Take up kept volume vol-1 in dev again, to be deleted with its data by the next destroy?",
        );
        expect(refused.isUp).to.equal(false);
        expect((await runIn(storage(""), ["up", "dev", "--yes"])).isUp).to.equal(true);
    });

    it("asks so of one that is proven to be the environment's own, too, and not where it stays", async () => {
        const arn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
        const cluster = { type: "aws:ecs/cluster:Cluster", name: "sles-ecs", id: arn };
        const own = { ...kept, tags: { ...kept.tags, ...tagsOf("dev") } };
        const given = { resources: [cluster], volume: own };
        const refused = await runIn(storage(""), ["up", "dev"], given);
        expect(refused.transcript).to.include("CONSENT_NEEDED").and.to.include(loss);
        expect((await runIn(storage(", keepOnDestroy: true"), ["up", "dev"], given)).isUp).to.equal(true);
    });

    it("is told of by a preview as well", async () => {
        const { transcript } = await runIn(storage(""), ["preview", "dev"]);
        expect(transcript).to.include("vol-1 (100 GiB, us-east-1a) by host 1");
        expect(transcript).to.include(loss).and.to.include(wayOut);
    });
});

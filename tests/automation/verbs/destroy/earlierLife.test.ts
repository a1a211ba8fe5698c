import { expect } from "chai";

import type { Evidence } from "../../../../components/model/evidence";
import { tagKeys } from "../../../../components/model/tags";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { stack } from "../../teardown/destroyCase";

describe("destroy of an environment of which an earlier life has kept something", () => {
    afterEach(removeFolders);

    const keeping = "  sles-ecs:dockerStorage: { mode: volume, keepOnDestroy: true }\n";
    const oneHost = `config:\n  sles-ecs:hosts: { count: 1 }\n${keeping}`;

    const volume = (host: number, stackId: string, isFree = true) => ({
        id: `vol-${host}-${stackId}`,
        sizeGiB: 100,
        isFree,
        tags: {
            ...tagsOf("alice"),
            [tagKeys.stackId]: stackId,
            [tagKeys.name]: `alice-host-${host}-docker`,
            [tagKeys.storage]: "docker",
            [tagKeys.host]: String(host),
            [tagKeys.keep]: "true",
        },
    });
    const own = volume(1, tagsOf("alice")[tagKeys.stackId] ?? "");
    const earlier = volume(2, "earlier");

    const destroy = (aws: Partial<FakeAwsState>, settings = oneHost, more: readonly string[] = []) =>
        play(["destroy", "alice", "--yes", ...more], {
            directory: makeProject({ "Pulumi.alice.yaml": settings }),
            stacks: { alice: stack },
            aws,
        });
    const evidenceOf = async (aws: Partial<FakeAwsState>): Promise<Evidence> => {
        const { context } = await destroy(aws, oneHost, ["--output", "json"]);
        return JSON.parse(context.io.out()) as Evidence;
    };

    it("names a volume that this life has not taken up as kept, before and afterwards", async () => {
        const { context, exitCode } = await destroy({ volumes: [own, earlier] });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain("keeps volume alice-host-2-docker (vol-2-earlier, 100 GiB)");
        expect(context.io.out()).to.contain(
            "kept: volume alice-host-2-docker (vol-2-earlier): keepOnDestroy of an earlier life\n",
        );
    });

    it("has it in the evidence as there, as kept, and as nothing that went", async () => {
        const evidence = await evidenceOf({ volumes: [own, earlier] });
        const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
        expect(ids(evidence.before)).to.include(earlier.id);
        expect(ids(evidence.after)).to.include(earlier.id);
        expect(ids(evidence.kept)).to.have.members([own.id, earlier.id]);
        expect(ids(evidence.removed)).to.not.include(earlier.id);
        expect(evidence.verdict).to.equal("gone");
    });

    const again = async (settings: string) => (await destroy({ volumes: [own, earlier] }, settings)).context;

    it("gives the command that takes it up, with as many hosts as that needs", async () => {
        expect((await again(oneHost)).io.out()).to.contain(
            "with their data: set hosts.count to 2, then: sles-ecs up alice\n",
        );
        const two = oneHost.replace("count: 1", "count: 2");
        expect((await again(two)).io.out()).to.contain("with their data: sles-ecs up alice\n");
        const without = "config:\n  sles-ecs:hosts: { count: 3 }\n";
        expect((await again(without)).io.out()).to.contain(
            "with their data: set dockerStorage.mode to volume and dockerStorage.keepOnDestroy to true, then: sles-ecs up alice\n",
        );
    });

    it("gives all of that as options for a personal environment, whose settings go with it", async () => {
        expect((await again(`${oneHost}  sles-ecs:basedOn: dev\n`)).io.out()).to.contain(
            "sles-ecs up alice --from <environment> --set dockerStorage.mode=volume --set dockerStorage.keepOnDestroy=true --set hosts.count=2\n",
        );
    });

    it("leaves out those of an environment that is called alike and stands", async () => {
        const standing = [volume(1, "namesake", false), volume(2, "namesake")];
        const evidence = await evidenceOf({ volumes: [own, ...standing] });
        expect(evidence.kept.map(({ id }) => id)).to.deep.equal([own.id]);
    });

    it("names a repository with images as kept, and not an empty one", async () => {
        const tags = { ...tagsOf("alice"), [tagKeys.stackId]: "earlier", [tagKeys.keep]: "true" };
        const names = ["dev/web", "dev/empty"];
        const evidence = await evidenceOf({
            repositories: { "dev/web": { images: 3, tags }, "dev/empty": { images: 0, tags } },
            tagged: names.map((name) => ({
                arn: `arn:aws:ecr:us-east-1:123456789012:repository/${name}`,
                tags,
            })),
        });
        expect(evidence.kept).to.deep.equal([
            {
                type: "ecr:repository",
                name: "dev/web",
                id: "dev/web",
                reason: "containerRegistry.onDestroy is keep, and it holds 3 images; of an earlier life",
            },
        ]);
        expect(evidence.before.map(({ id }) => id)).to.include("dev/web");
    });
});

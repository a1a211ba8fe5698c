import { expect } from "chai";
import { tagsOf } from "../../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { stack } from "../../teardown/destroyCase";

describe("destroy of an environment with docker volumes", () => {
    afterEach(removeFolders);

    const volume = (tags: Readonly<Record<string, string>>) => ({
        id: "vol-1",
        sizeGiB: 100,
        isFree: true,
        tags: { ...tagsOf("alice"), Name: "alice-host-1-docker", "sles-ecs:storage": "docker", ...tags },
    });
    const destroy = (one: ReturnType<typeof volume>) =>
        play(["destroy", "alice", "--yes"], {
            directory: makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" }),
            stacks: { alice: stack },
            aws: { volumes: [one] },
        });

    it("gives the command that takes them up again and keeps them, without the settings file that went", async () => {
        const { context } = await destroy(volume({ "sles-ecs:keep": "true" }));
        expect(context.io.err()).to.contain("keeps volume alice-host-1-docker (vol-1, 100 GiB)");
        expect(context.io.out()).to.contain("kept: volume").and.to.contain("removed Pulumi.alice.yaml");
        const command = "sles-ecs up alice --from <environment> --set dockerStorage.mode=volume";
        expect(context.io.out()).to.contain(
            `with their data: ${command} --set dockerStorage.keepOnDestroy=true\n`,
        );
    });

    it("says beforehand which one goes, and how large it is, where it has lost its mark", async () => {
        const { context } = await destroy(volume({}));
        expect(context.io.err()).to.match(/deletes:\n[^]* volume +alice-host-1-docker \(vol-1, 100 GiB\)\n/);
        expect(context.io.out()).to.not.contain("kept:");
    });
});

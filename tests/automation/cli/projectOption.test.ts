import path from "node:path";

import { expect } from "chai";

import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { settings, update } from "../verbs/images/update/updateCase";

describe("-C, in a command to go on with", () => {
    afterEach(removeFolders);

    const elsewhere = (argv: readonly string[], directory = makeProject()) => ({
        directory,
        played: play(
            argv.map((word) => (word === "<project>" ? directory : word)),
            { directory: makeFolder() },
        ),
    });

    it("stays, however it was given, so that the command finds the project again", async () => {
        for (const given of ["-C", "--cwd", "--project-directory"]) {
            const { directory, played } = elsewhere(["outputs", "dve", given, "<project>"]);
            expect((await played).context.io.err(), given).to.contain(
                `Next: sles-ecs -C ${directory} list\n`,
            );
        }
    });

    it("stands in the command that answers a need for consent, as it was written", async () => {
        const { context } = await update(["-C", "."]);
        expect(context.io.err()).to.contain("Next: sles-ecs -C . images update dev --yes\n");
    });

    it("is in quotes where a shell needs them", async () => {
        const directory = path.join(makeFolder(), "my $project's");
        const { context } = await play(["list", "-C", directory], { directory: makeFolder() });
        const quoted = `'${directory.replace("'", `'\\''`)}'`;
        expect(context.io.err()).to.contain(`Next: sles-ecs -C ${quoted} init\n`);
    });

    it("stands in every command of a text, and in the hints of single settings", async () => {
        const lock = settings().replaceAll("15-sp7", "15-sp6");
        const { directory, played } = elsewhere(
            ["-C", "<project>", "preview", "dev"],
            makeProject({
                "Pulumi.dev.yaml": lock.replace(
                    "        # Since",
                    "        filter: suse-sles-16-0-v*-ecs-hvm-ssd-x86_64\n        # Since",
                ),
            }),
        );
        expect((await played).context.io.err())
            .to.contain(`sles-ecs -C ${directory} images update dev, or`)
            .and.contain(`sles-ecs -C ${directory} images lock dev --newest`);
    });

    it("stands in the JSON of an error, and in what an answer says to do next", async () => {
        const error = elsewhere(["-C", "<project>", "outputs", "dve", "-o", "json"]);
        const { error: shown } = JSON.parse((await error.played).context.io.err()) as {
            error: { hint: string };
        };
        expect(shown.hint).to.equal(`sles-ecs -C ${error.directory} list`);
        const init = elsewhere(["-C", "<project>", "init"], makeFolder());
        expect((await init.played).context.io.out()).to.contain(`\n  sles-ecs -C ${init.directory} up dev  `);
    });

    it("is not there where it was not given", async () => {
        const { context } = await play(["outputs", "dve"], { directory: makeProject() });
        expect(context.io.err()).to.contain("Next: sles-ecs list\n");
    });

    it("is refused twice", async () => {
        const { exitCode, context } = await play(["list", "-C", "a", "-C", "b"], {
            directory: makeProject(),
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("--project-directory is there 2 times: got a and b");
    });
});

import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { changes, step, type FakeStackOptions } from "../../helpers/fakes";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { update } from "../verbs/images/update/updateCase";

describe("an error says what to do next", () => {
    afterEach(removeFolders);

    const replacing: FakeStackOptions = {
        resources: [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "dev" }],
        preview: changes([step("replace", "aws:ec2/instance:Instance", "sles-ecs-host-1", ["ami"])]),
    };

    it("about a value, with the help of the command that does not take it", async () => {
        const cases = [
            [["images", "update", "dev", "--drain-timeout", "3"], "images update"],
            [["up", "dev", "--timeout", "10"], "up"],
            [["up", "dev", "--parallel", "0"], "up"],
            [["images", "list", "--state=active", "--state=deleted"], "images list"],
            [["wait", "dev", "--hosts", "0"], "wait"],
            [["up", "dev", "--from", "dev"], "up"],
        ] as const;
        for (const [argv, command] of cases) {
            const { exitCode, context } = await play(argv, { directory: makeProject() });
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain(`\nNext: sles-ecs ${command} --help\n`);
        }
    });

    it("about consent, in whole words and with the command that gives it", async () => {
        const { context } = await update([]);
        expect(context.io.err()).to.contain(
            "error: consent is needed, and there is no terminal to ask at: Replace these hosts?\n" +
                "Next: sles-ecs images update dev --yes\n",
        );
    });

    it("after a no, with the command that takes hosts one by one", async () => {
        const { context, exitCode } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: replacing },
            answers: [false],
        });
        expect(exitCode).to.equal(6);
        expect(context.io.err()).to.contain(
            "error: declined; nothing was changed\nNext: sles-ecs images update dev",
        );
    });

    it("after Ctrl-C, whoever noticed it", async () => {
        const next = "\nNext: run the same command again; it goes on where it ended\n(INTERRUPTED";
        for (const listError of [
            new Error("aborted"),
            new AppError("INTERRUPTED", { message: "interrupted" }),
        ]) {
            const { context, exitCode } = await play(["list"], {
                directory: makeProject(),
                listError,
                signal: AbortSignal.abort(),
            });
            expect(exitCode).to.equal(130);
            expect(context.io.err()).to.contain(next);
        }
    });

    it("about a file that cannot be read, with the file", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": "config: [" });
        const { context } = await play(["preview", "dev"], { directory });
        expect(context.io.err()).to.contain(`\nNext: edit ${directory}/Pulumi.dev.yaml\n`);
        const nameless = makeProject({ "Pulumi.yaml": "runtime: nodejs\n" });
        const { context: other } = await play(["preview", "dev"], { directory: nameless });
        expect(other.io.err()).to.contain(`\nNext: edit ${nameless}/Pulumi.yaml\n`);
    });
});

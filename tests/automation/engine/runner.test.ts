import path from "node:path";

import { expect } from "chai";

import { PulumiCli } from "../../../automation/engine/pulumiCli";
import { Runner } from "../../../automation/engine/runner";
import { makeFakePulumi, type FakePulumi } from "../../helpers/fakePulumi";
import { makeFolder, removeFolders } from "../../helpers/project";

describe("a run of the CLI on a stack", () => {
    afterEach(removeFolders);

    function open(pulumi: FakePulumi): { runner: Runner; interrupt: () => void } {
        const interruption = new AbortController();
        const cli = new PulumiCli(
            {
                command: path.join(pulumi.folder, "pulumi"),
                directory: makeFolder(),
                env: { PATH: process.env["PATH"] },
                signal: interruption.signal,
                killSignal: new AbortController().signal,
            },
            "3.246.0",
            "pulumi",
        );
        return { runner: new Runner(cli, { name: "dev" }), interrupt: () => interruption.abort() };
    }

    it("does not begin after an interrupt, unless nothing but a kill may end it", async () => {
        const { runner, interrupt } = open(makeFakePulumi({ "stack ls": { stdout: "[]" } }));
        interrupt();
        const error = await runner.command("up", ["stack", "ls"]).catch((reason: unknown) => reason);
        expect(error).to.include({ code: "INTERRUPTED" });
        expect(await runner.uninterrupted().command("up", ["stack", "ls"])).to.equal("[]");
    });

    it("still tells of the interrupt where it failed all the same", async () => {
        const { runner, interrupt } = open(makeFakePulumi({ "stack ls": { stderr: "error: no", code: 3 } }));
        interrupt();
        const failed = runner.uninterrupted().command("up", ["stack", "ls"]);
        expect(await failed.catch((reason: unknown) => reason)).to.include({ code: "INTERRUPTED" });
    });
});

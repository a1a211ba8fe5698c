import { expect } from "chai";

import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { standing } from "../standing";

describe("outputs", () => {
    afterEach(removeFolders);

    it("shows a table sorted by name", async () => {
        const { transcript } = await play(["outputs", "dev"], {
            directory: makeProject(),
            stacks: { dev: standing },
        });
        expectGolden("cli/outputs.txt", transcript);
    });

    it("gives scripts the values as they are", async () => {
        const { context } = await play(["outputs", "dev", "--output=json"], {
            directory: makeProject(),
            stacks: { dev: standing },
        });
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            environment: "dev",
            outputs: standing.outputs,
        });
    });

    it("says when there are none", async () => {
        const { context } = await play(["outputs", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: true } },
        });
        expect(context.io.out()).to.equal("dev has no outputs: nothing is up\n");
    });

    it("refuses an environment without a stack: exit code 3", async () => {
        const { exitCode } = await play(["outputs", "dev"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });
});

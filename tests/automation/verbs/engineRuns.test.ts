import { expect } from "chai";

import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { standing } from "./standing";

describe("the verbs that run the engine", () => {
    afterEach(removeFolders);

    for (const [argv, runs] of [
        [["preview", "dev"], ["preview"]],
        [
            ["up", "dev", "--no-wait"],
            ["preview", "up"],
        ],
        [["refresh", "dev"], ["refresh"]],
        [["destroy", "dev", "--yes"], ["destroy"]],
    ] as const) {
        it(`give every run --parallel: ${argv.join(" ")}`, async () => {
            const { context, exitCode } = await play([...argv, "--parallel", "4"], {
                directory: makeProject(),
                stacks: { dev: standing },
            });
            expect(exitCode).to.equal(0);
            expect(context.calls.filter((call) => call.includes("parallel"))).to.deep.equal(
                runs.map((run) => `engine ${run} parallel=4`),
            );
        });
    }

    for (const argv of [
        ["preview", "dev"],
        ["up", "dev", "--yes", "--no-wait"],
    ]) {
        it(`warn of what is doubtful in the settings, before the engine runs: ${argv.join(" ")}`, async () => {
            const { context } = await play(argv, {
                directory: makeProject({
                    "Pulumi.dev.yaml":
                        "config:\n    aws:region: us-east-1\n    sles-ecs:hosts: { count: 2 }\n    sles-ecs:dockerStorage: { mode: volume, hosts: [1, 3] }\n",
                }),
                stacks: { dev: standing },
            });
            const warning =
                "  warning: dockerStorage.hosts: there is no host 3: hosts.count is 2 (raise hosts.count, or take the number out)\n";
            const [before = "", after = ""] = context.io.err().split(/^(?:comparing|updating) \.\.\.\n/m);
            expect(before).to.contain(warning.trimStart());
            expect(after).to.not.contain("warning");
        });
    }
});

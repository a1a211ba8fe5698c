import { expect } from "chai";

import { changes, step } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { standing } from "../standing";

describe("refresh", () => {
    afterEach(removeFolders);

    it("lists what differs in AWS", async () => {
        const { transcript, exitCode } = await play(["refresh", "dev"], {
            directory: makeProject(),
            stacks: {
                dev: {
                    ...standing,
                    refresh: changes([
                        step("update", "aws:ecs/cluster:Cluster", "sles-ecs-cluster", ["tags"]),
                        step("delete", "aws:ec2/instance:Instance", "sles-ecs-host-1"),
                    ]),
                },
            },
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/refresh.txt", transcript);
    });

    it("says when nothing differs", async () => {
        const { context } = await play(["refresh", "dev", "--preview-only"], {
            directory: makeProject(),
            stacks: { dev: standing },
        });
        expect(context.io.out()).to.equal("dev: AWS and the state agree\n");
    });

    it("refuses an environment without a stack: exit code 3", async () => {
        const { exitCode, context } = await play(["refresh", "dev"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.contain("no stack organization/sles-ecs/dev");
    });
});

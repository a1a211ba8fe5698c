import { existsSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { stack } from "../../teardown/destroyCase";

describe("destroy by somebody who may not list everything", () => {
    afterEach(removeFolders);

    it("is not done where it may not look, and keeps the stack and the settings: exit code 7", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" });
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call iam:ListRoles" });
        for (const stacks of [{ alice: stack }, undefined]) {
            const { exitCode, context } = await play(["destroy", "alice", "--yes"], {
                directory,
                stacks,
                aws: { errors: { "iam.roles": denied } },
            });
            expect(exitCode).to.equal(7);
            expect(context.io.out()).to.contain("alice is not proven to be gone");
            expect(context.io.err())
                .to.contain("could not look for IAM roles: not allowed to call iam:ListRoles")
                .and.to.contain("LEFT_BEHIND");
            expect(context.calls).not.to.include("engine remove");
            expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(true);
        }
    });
});

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { chosenImage, inEc2 } from "../../../helpers/account";
import { fakePint } from "../../../helpers/fakePint";
import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { pintRecord } from "../../../helpers/pintServer";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { newer } from "../images/lockCase";
import { standing } from "../standing";

describe("preview", () => {
    afterEach(removeFolders);

    const differing: FakeStackOptions = {
        ...standing,
        preview: changes(
            [
                step("create", "aws:ebs/volume:Volume", "sles-ecs-docker-0"),
                step("update", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy", ["policy"]),
                step("replace", "aws:ec2/instance:Instance", "sles-ecs-host-0", ["ami", "userData"]),
                step("delete", "aws:ec2/securityGroup:SecurityGroup", "sles-ecs-hosts"),
            ],
            5,
        ),
    };

    it("lists the steps that up would take", async () => {
        const { transcript, exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject(),
            stacks: { dev: differing },
        });
        expect(exitCode).to.equal(0);
        expect(context.calls).to.deep.equal(["engine open dev", "aws reads", "engine preview"]);
        expectGolden("cli/preview.txt", transcript);
    });

    it("answers with one JSON document", async () => {
        const { context } = await play(["preview", "dev", "-o", "json"], {
            directory: makeProject(),
            stacks: { dev: differing },
        });
        expectGolden("cli/preview.json", context.io.out());
    });

    it("says when there is nothing to do", async () => {
        const { context, exitCode } = await play(["preview", "dev", "--expect-no-changes"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, preview: changes([], 9) } },
        });
        expect([exitCode, context.io.out()]).to.deep.equal([0, "dev: up would change nothing\n"]);
    });

    it("ends with exit code 1 for --expect-no-changes when there is something to do", async () => {
        const { exitCode } = await play(["preview", "dev", "--expect-no-changes"], {
            directory: makeProject(),
            stacks: { dev: differing },
        });
        expect(exitCode).to.equal(1);
    });

    it("warns of the image that the hosts run, and not of the newer one that they would not get", async () => {
        const { context } = await play(["preview", "dev"], {
            directory: makeProject(),
            stacks: { dev: standing },
            aws: { images: [inEc2(newer), inEc2(chosenImage)] },
            pint: fakePint([
                pintRecord({
                    ...chosenImage,
                    state: "deprecated",
                    publishedon: "20260910",
                    deprecatedon: "20261103",
                }),
            ]),
        });
        expect(context.io.err()).to.contain(
            `warning: hostImage: the host image ${chosenImage.name} (${chosenImage.id}) is deprecated since 2026-11-03`,
        );
    });

    it("refuses wrong settings with exit code 2, asking neither Pulumi nor AWS", async () => {
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:hosts: {count: -1}\n" }),
        });
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("hosts.count: ");
    });

    it("refuses credentials of another account than the environment's, as up does, before the engine is asked", async () => {
        const clusterArn = "arn:aws:ecs:us-east-1:210987654321:cluster/dev";
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, outputs: { ...standing.outputs, clusterArn } } },
        });
        expect([exitCode, context.calls]).to.deep.equal([2, ["engine open dev", "aws reads"]]);
        expect(context.io.err()).to.contain("(AWS_ACCOUNT_MISMATCH, exit code 2)");
    });

    it("refuses an environment that nothing is known of: exit code 3", async () => {
        const { exitCode } = await play(["preview", "nobody"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });

    for (const [code, exitCode] of [
        ["LOCKED", 4],
        ["STATE_CORRUPT", 1],
        ["PASSPHRASE_MISSING", 2],
        ["PASSPHRASE_WRONG", 2],
        ["BACKEND_UNREACHABLE", 1],
        ["PLUGIN_MISSING", 1],
        ["AWS_CREDENTIALS", 1],
        ["UPDATE_FAILED", 1],
    ] as const) {
        it(`ends with exit code ${exitCode} for ${code}`, async () => {
            const error = new AppError(code, { message: "what happened" });
            const { exitCode: got, context } = await play(["preview", "dev"], {
                directory: makeProject(),
                stacks: { dev: { ...standing, errors: { preview: error } } },
            });
            expect([got, context.io.out()]).to.deep.equal([exitCode, ""]);
            expect(context.io.err()).to.contain(`(${code}, exit code ${exitCode})`);
        });
    }
});

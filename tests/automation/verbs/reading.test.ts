import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { changes, step, type FakeStackOptions } from "../../helpers/fakes";
import { expectGolden } from "../../helpers/golden";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";

const standing: FakeStackOptions = {
    resources: [
        {
            type: "aws:ecs/cluster:Cluster",
            name: "sles-ecs-cluster",
            id: "arn:aws:ecs:us-east-1:1:cluster/dev",
        },
    ],
    outputs: { clusterName: "dev", instanceIds: ["i-1", "i-2"], region: "us-east-1", details: { zones: 2 } },
};

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
        expect(context.calls).to.deep.equal(["engine open dev", "aws preflight", "engine preview"]);
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

    it("refuses wrong settings with exit code 2, asking neither Pulumi nor AWS", async () => {
        const { exitCode, context } = await play(["preview", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:hosts: {count: -1}\n" }),
        });
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("hosts.count: ");
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

describe("list", () => {
    afterEach(removeFolders);

    const files = {
        "Pulumi.alice.yaml":
            "config:\n  sles-ecs:basedOn: dev\n  sles-ecs:hosts: {mode: autoScaling, min: 1, max: 4, desired: 2}\n",
        "Pulumi.broken.yaml": "config:\n  sles-ecs:hots: {}\n",
    };
    const summaries = [
        {
            name: "dev",
            lastUpdate: "2026-11-22T09:30:00Z",
            updateInProgress: false,
            resourceCount: 12,
            current: true,
        },
        {
            name: "old",
            lastUpdate: "2026-10-01T08:00:00Z",
            updateInProgress: true,
            resourceCount: 3,
            current: false,
        },
        { name: "broken", updateInProgress: false, resourceCount: 0, current: false },
    ];

    it("lists stacks and settings files, one line each", async () => {
        const { transcript, exitCode } = await play(["list"], { directory: makeProject(files), summaries });
        expect(exitCode).to.equal(0);
        expectGolden("cli/list.txt", transcript);
    });

    it("gives scripts the same", async () => {
        const { context } = await play(["list", "-o", "json"], { directory: makeProject(files), summaries });
        expectGolden("cli/list.json", context.io.out());
    });

    it("says how to begin where there is nothing", async () => {
        const { context } = await play(["list"], {
            directory: makeFolder({ "Pulumi.yaml": "name: other\nruntime: nodejs\n" }),
        });
        expect(context.io.out()).to.equal("other has no environments yet\nNext: sles-ecs init\n");
    });

    it("asks for init outside of a project: exit code 3", async () => {
        const { exitCode, context } = await play(["list"], { directory: makeFolder() });
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.contain("Next: sles-ecs init\n(PROJECT_NOT_FOUND, exit code 3)");
    });

    it("finds the project from a folder below it, and where --cwd points", async () => {
        const directory = makeProject();
        const below = await play(["list"], { directory: `${directory}/automation/actions` });
        const pointed = await play(["list", "-C", directory], { directory: "/" });
        expect([below.exitCode, pointed.exitCode]).to.deep.equal([0, 0]);
    });
});

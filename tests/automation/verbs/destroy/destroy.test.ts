import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { Evidence } from "../../../../components/model/evidence";
import { registered } from "../../../helpers/awsObjects";
import type { FakeStackOptions } from "../../../helpers/fakes";
import { standing, tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { clusterArn, job, occupied, stack, stray } from "../../teardown/destroyCase";

describe("destroy", () => {
    afterEach(removeFolders);

    it("shows the plan, asks, empties the cluster before the engine, and proves that nothing is left", async () => {
        const { transcript, exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
            answers: [true],
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy.txt", transcript);
        expect(context.calls).to.deep.equal([
            "engine open dev",
            "aws reads",
            "engine requireWorkable",
            "aws reads",
            "aws setDesiredCount web 0",
            "aws reads",
            "aws deleteService web",
            "aws reads",
            `aws stopTask ${job}`,
            "aws reads",
            "engine destroy",
            "aws reads",
            "engine remove",
        ]);
    });

    it("gives the evidence record as JSON", async () => {
        const { context, exitCode } = await play(["destroy", "dev", "--yes", "-o", "json"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy.json", context.io.out());
    });

    it("tells the evidence what the engine deleted, with ids, and leaves components out", async () => {
        const { context } = await play(["destroy", "dev", "--yes", "-o", "json"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
        });
        const { removed } = JSON.parse(context.io.out()) as Evidence;
        expect(removed.filter(({ type }) => type.startsWith("aws:"))).to.deep.equal([
            { type: "aws:ec2/instance:Instance", name: "sles-ecs-host-0", id: "i-0a1b2c3d4e5f60718" },
            { type: "aws:iam/rolePolicy:RolePolicy", name: "sles-ecs-policy", id: "sles-ecs-dev:policy" },
            { type: "aws:iam/role:Role", name: "sles-ecs-role", id: "sles-ecs-dev" },
            { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn },
        ]);
    });

    it("changes nothing after a no: exit code 6", async () => {
        const { exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
            answers: [false],
        });
        expect(exitCode).to.equal(6);
        expect(context.calls).to.deep.equal(["engine open dev", "aws reads"]);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("changes nothing where nobody can be asked, and says what to add: exit code 2", async () => {
        const { exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain(
            "Next: sles-ecs destroy dev --yes\n(CONSENT_NEEDED, exit code 2)",
        );
        expect(context.calls).to.deep.equal(["engine open dev", "aws reads"]);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("ends with exit code 7 when something is left, names it, and keeps the stack and the settings", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" });
        const stream = { arn: "arn:aws:kinesis:us-east-1:123456789012:stream/web", tags: tagsOf("alice") };
        const { transcript, exitCode, context } = await play(["destroy", "alice", "--yes"], {
            directory,
            stacks: { alice: stack },
            aws: { tagged: [stream] },
        });
        expect(exitCode).to.equal(7);
        expectGolden("cli/destroy-left-behind.txt", transcript);
        expect(context.calls).not.to.include("engine remove");
        expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(true);
    });

    it("removes a personal environment's settings file, and says so", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" });
        const { exitCode, context } = await play(["destroy", "alice", "--yes"], {
            directory,
            stacks: { alice: stack },
        });
        expect(exitCode).to.equal(0);
        expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
        expect(context.io.out()).to.contain("removed Pulumi.alice.yaml");
    });

    it("leaves the team's settings file as it was before up: without the stack's salt", async () => {
        const settings = "# ours\nconfig:\n    sles-ecs:hosts:\n        count: 2\n";
        const directory = makeProject({ "Pulumi.dev.yaml": `${settings}encryptionsalt: v1:abc=:v1:def\n` });
        await play(["destroy", "dev", "--yes"], { directory, stacks: { dev: stack } });
        expect(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.equal(settings);
    });

    it("keeps the salt where the file holds secrets", async () => {
        const settings = "config:\n  other:key:\n    secure: v1:xyz\nencryptionsalt: v1:abc=:v1:def\n";
        const directory = makeProject({ "Pulumi.dev.yaml": settings });
        await play(["destroy", "dev", "--yes"], { directory, stacks: { dev: stack } });
        expect(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.equal(settings);
    });

    it("says so when the environment is gone already, and is done", async () => {
        const { transcript, exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy-already-gone.txt", transcript);
        expect(context.calls).to.deep.equal(["engine open dev", "aws reads"]);
    });

    it("removes a stack that holds nothing any more, and does not call that gone already", async () => {
        const { context, exitCode } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: true } },
        });
        expect(exitCode).to.equal(0);
        expect(context.calls.at(-1)).to.equal("engine remove");
        expect(context.io.out()).to.match(/^dev is gone: 0 removed, nothing left/);
    });

    it("without a stack changes nothing and only tells what has its name, for that may be a neighbour's: exit code 3", async () => {
        const neighbour = standing("dev", [{}, {}]);
        const { exitCode, context, transcript } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            aws: { ...neighbour, ec2Resources: [stray] },
        });
        expect(exitCode).to.equal(3);
        expect(context.calls.filter((call) => call !== "aws reads")).to.deep.equal(["engine open dev"]);
        expectGolden("cli/destroy-without-stack.txt", transcript);
    });

    it("touches nothing inside a cluster that the state does not own", async () => {
        const shared = occupied("shared");
        const own = shared.containerInstances["shared"] ?? [];
        const { context } = await play(["destroy", "dev"], {
            directory: makeProject({
                "Pulumi.dev.yaml": "config:\n  sles-ecs:clusterName: shared\n  sles-ecs:adoptCluster: true\n",
            }),
            stacks: {
                dev: {
                    resources: [
                        {
                            type: "aws:ec2/instance:Instance",
                            name: "sles-ecs-host-0",
                            id: "i-0a1b2c3d4e5f60718",
                        },
                    ],
                    outputs: { clusterName: "shared" },
                },
            },
            aws: {
                ...shared,
                clusters: shared.clusters.map((one) => ({ ...one, tags: tagsOf("bob") })),
                containerInstances: { shared: [...own, registered(2)] },
            },
            answers: [true],
        });
        expect(context.aws.changes).to.deep.equal([`drain ${own[0]?.arn}`, `stopTask ${job}`]);
        expect(context.io.err())
            .to.contain("keeps cluster shared and what else runs in it")
            .and.not.to.match(/^ {2}service\s+web/m);
    });

    it("goes by the cluster in the state, whatever the settings say by now", async () => {
        const { context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:clusterName: renamed\n" }),
            stacks: { dev: stack },
            aws: occupied(),
        });
        expect(context.aws.changes).to.include("deleteService web");
    });

    it("tells where the environment is, from its state or else from its outputs", async () => {
        const elsewhere = clusterArn.replace("123456789012", "210987654321");
        const refused = async (given: FakeStackOptions) => {
            const argv = ["destroy", "dev", "--yes"];
            const { context } = await play(argv, { directory: makeProject(), stacks: { dev: given } });
            return /AWS_ACCOUNT_MISMATCH/.test(context.io.err());
        };
        const ofCluster = (id: string) => [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id }];
        const outputs = { clusterName: "dev" };
        expect(
            await refused({ resources: ofCluster(elsewhere), outputs: { ...outputs, clusterArn } }),
        ).to.equal(true);
        expect(await refused({ outputs: { ...outputs, clusterArn: elsewhere } })).to.equal(true);
        expect(await refused({ resources: ofCluster(clusterArn), outputs })).to.equal(false);
        expect(await refused({ outputs })).to.equal(false);
    });

    it("works with settings that have problems: what is to be removed is in the state", async () => {
        const { exitCode } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:hots: {}\n" }),
            stacks: { dev: stack },
        });
        expect(exitCode).to.equal(0);
    });

    it("does not touch the cluster while somebody else works on the stack: exit code 4", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: {
                dev: {
                    ...stack,
                    errors: { requireUnlocked: new AppError("LOCKED", { message: "locked" }) },
                },
            },
        });
        expect([exitCode, context.calls]).to.deep.equal([
            4,
            ["engine open dev", "aws reads", "engine requireUnlocked"],
        ]);
    });

    it("does not touch the cluster where only the engine sees that it may not begin", async () => {
        for (const [code, expected] of [
            ["LOCKED", 4],
            ["PASSPHRASE_MISSING", 2],
        ] as const) {
            const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
                directory: makeProject(),
                stacks: {
                    dev: { ...stack, errors: { requireWorkable: new AppError(code, { message: "no" }) } },
                },
                aws: occupied(),
            });
            expect([exitCode, context.calls]).to.deep.equal([
                expected,
                ["engine open dev", "aws reads", "engine requireWorkable"],
            ]);
        }
    });

    it("gives tasks the time that --timeout says", async () => {
        const { context, exitCode } = await play(["destroy", "dev", "--yes", "--timeout", "90s"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: occupied(),
            tasksStay: true,
        });
        expect(exitCode).to.equal(5);
        expect(context.io.err()).to.contain("cluster dev is not empty after 1 min 30 s: 2 things keep it");
        expect(context.calls).to.not.include("engine destroy");
    });

    it("says that it was interrupted, with exit code 130, whatever the interruption broke", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: stack },
            aws: {
                ...occupied(),
                errors: {
                    "ecs.setDesiredCount": new DOMException("This operation was aborted", "AbortError"),
                },
            },
            signal: AbortSignal.abort(),
        });
        expect(exitCode).to.equal(130);
        expect(context.io.err()).to.contain("error: interrupted\n").and.not.to.contain("defect");
    });
});

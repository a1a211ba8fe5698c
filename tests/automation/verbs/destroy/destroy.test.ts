import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import {
    changes,
    readyHost,
    step,
    type FakeHostsOptions,
    type FakeStackOptions,
} from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
const standing: FakeStackOptions = {
    resources: [
        { type: "sles-ecs:components:SlesEcsCluster", name: "sles-ecs", id: "" },
        { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn },
        { type: "aws:iam/role:Role", name: "sles-ecs-role", id: "sles-ecs-dev" },
        { type: "aws:iam/rolePolicy:RolePolicy", name: "sles-ecs-policy", id: "sles-ecs-dev:policy" },
        { type: "aws:ec2/instance:Instance", name: "sles-ecs-host-0", id: "i-0a1b2c3d4e5f60718" },
    ],
    outputs: { clusterName: "dev" },
    destroy: changes([
        step("delete", "aws:ec2/instance:Instance", "sles-ecs-host-0"),
        step("delete", "aws:iam/rolePolicy:RolePolicy", "sles-ecs-policy"),
        step("delete", "aws:iam/role:Role", "sles-ecs-role"),
        step("delete", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"),
        step("delete", "sles-ecs:components:SlesEcsCluster", "sles-ecs"),
    ]),
};
const occupied: FakeHostsOptions = {
    survey: {
        cluster: {
            name: "dev",
            arn: clusterArn,
            status: "ACTIVE",
            registeredHosts: 1,
            runningTasks: 3,
            pendingTasks: 0,
            activeServices: 1,
            capacityProviders: [],
            tags: {},
        },
        hosts: [readyHost("i-0a1b2c3d4e5f60718")],
        services: [
            {
                name: "web",
                arn: "arn:aws:ecs:us-east-1:123456789012:service/dev/web",
                status: "ACTIVE",
                schedulingStrategy: "REPLICA",
                desired: 2,
                running: 2,
                pending: 0,
            },
        ],
        standaloneTasks: ["arn:aws:ecs:us-east-1:123456789012:task/dev/0123456789abcdef"],
        volumes: [
            { volumeId: "vol-1", name: "sles-ecs-docker-0", sizeGiB: 100, keep: true },
            { volumeId: "vol-2", name: "sles-ecs-docker-1", sizeGiB: 50, keep: false },
        ],
    },
    removedFromCluster: [
        { type: "ecs:service", name: "web", id: "arn:aws:ecs:us-east-1:123456789012:service/dev/web" },
    ],
    kept: [
        { type: "aws:ebs/volume:Volume", name: "sles-ecs-docker-0", id: "vol-1", reason: "keepOnDestroy" },
    ],
};

describe("destroy", () => {
    afterEach(removeFolders);

    it("shows the plan, asks, empties the cluster before the engine, and proves that nothing is left", async () => {
        const { transcript, exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: occupied,
            answers: [true],
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy.txt", transcript);
        expect(context.calls).to.deep.equal([
            "engine open dev",
            "engine requireUnlocked",
            "aws survey",
            "aws emptyCluster",
            "engine destroy",
            "aws gatherEvidence",
            "engine remove",
        ]);
    });

    it("gives the evidence record as JSON", async () => {
        const { context, exitCode } = await play(["destroy", "dev", "--yes", "-o", "json"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: occupied,
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy.json", context.io.out());
    });

    it("tells the evidence what the engine deleted, with ids, and leaves components out", async () => {
        const { context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: occupied,
        });
        expect(context.requests.gatherEvidence[0]?.deletedByEngine).to.deep.equal([
            { type: "aws:ec2/instance:Instance", name: "sles-ecs-host-0", id: "i-0a1b2c3d4e5f60718" },
            { type: "aws:iam/rolePolicy:RolePolicy", name: "sles-ecs-policy", id: "sles-ecs-dev:policy" },
            { type: "aws:iam/role:Role", name: "sles-ecs-role", id: "sles-ecs-dev" },
            { type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: clusterArn },
        ]);
    });

    it("changes nothing after a no: exit code 6", async () => {
        const { exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: occupied,
            answers: [false],
        });
        expect(exitCode).to.equal(6);
        expect(context.calls).to.deep.equal(["engine open dev", "engine requireUnlocked", "aws survey"]);
    });

    it("changes nothing where nobody can be asked, and says what to add: exit code 2", async () => {
        const { exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: occupied,
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain(
            "Next: sles-ecs destroy dev --yes\n(CONSENT_NEEDED, exit code 2)",
        );
        expect(context.calls).to.deep.equal(["engine open dev", "engine requireUnlocked", "aws survey"]);
    });

    it("ends with exit code 7 when something is left, names it, and keeps the stack and the settings", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" });
        const { transcript, exitCode, context } = await play(["destroy", "alice", "--yes"], {
            directory,
            stacks: { alice: standing },
            hosts: {
                left: [
                    {
                        type: "ec2:volume",
                        name: "docker-2",
                        id: "vol-9",
                        reason: "made outside of this environment's stack",
                    },
                ],
            },
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
            stacks: { alice: standing },
        });
        expect(exitCode).to.equal(0);
        expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
        expect(context.io.out()).to.contain("removed Pulumi.alice.yaml");
    });

    it("leaves the team's settings file as it was before up: without the stack's salt", async () => {
        const settings = "# ours\nconfig:\n    sles-ecs:hosts:\n        count: 2\n";
        const directory = makeProject({ "Pulumi.dev.yaml": `${settings}encryptionsalt: v1:abc=:v1:def\n` });
        await play(["destroy", "dev", "--yes"], { directory, stacks: { dev: standing } });
        expect(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.equal(settings);
    });

    it("keeps the salt where the file holds secrets", async () => {
        const settings = "config:\n  other:key:\n    secure: v1:xyz\nencryptionsalt: v1:abc=:v1:def\n";
        const directory = makeProject({ "Pulumi.dev.yaml": settings });
        await play(["destroy", "dev", "--yes"], { directory, stacks: { dev: standing } });
        expect(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8")).to.equal(settings);
    });

    it("says so when the environment is gone already, and is done", async () => {
        const { transcript, exitCode, context } = await play(["destroy", "dev"], {
            directory: makeProject(),
        });
        expect(exitCode).to.equal(0);
        expectGolden("cli/destroy-already-gone.txt", transcript);
        expect(context.calls).to.deep.equal([
            "engine open dev",
            "aws survey",
            "aws emptyCluster",
            "aws gatherEvidence",
        ]);
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

    it("finds what a lost state left in AWS: exit code 7", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            hosts: { left: [{ type: "ec2:instance", name: "host-0", id: "i-1" }] },
        });
        expect(exitCode).to.equal(7);
        expect(context.io.out()).not.to.contain("gone already");
    });

    it("touches nothing inside a cluster that the state does not own", async () => {
        const { context } = await play(["destroy", "dev"], {
            directory: makeProject({
                "Pulumi.dev.yaml": "config:\n  sles-ecs:clusterName: shared\n  sles-ecs:adoptCluster: true\n",
            }),
            stacks: {
                dev: {
                    resources: [{ type: "aws:ec2/instance:Instance", name: "sles-ecs-host-0", id: "i-1" }],
                    outputs: { clusterName: "shared" },
                },
            },
            hosts: occupied,
            answers: [true],
        });
        expect(context.requests.emptyCluster[0]).to.include({ clusterName: "shared", adopted: true });
        expect(context.io.err())
            .to.contain("keeps cluster shared and what runs in it")
            .and.not.to.match(/service\s+web/);
    });

    it("goes by the cluster in the state, whatever the settings say by now", async () => {
        const { context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:clusterName: renamed\n" }),
            stacks: { dev: standing },
        });
        expect(context.requests.emptyCluster[0]).to.include({ clusterName: "dev", adopted: false });
    });

    it("tells where the environment is, from its state or else from its outputs", async () => {
        const { resources = [], outputs = {} } = standing;
        const asked = async (stack: FakeStackOptions) =>
            (await play(["destroy", "dev", "--yes"], { directory: makeProject(), stacks: { dev: stack } }))
                .context.requests.emptyCluster[0]?.clusterArn;
        expect(await asked({ resources })).to.equal(clusterArn);
        expect(await asked({ outputs: { ...outputs, clusterArn } })).to.equal(clusterArn);
        expect(await asked({ outputs })).to.equal(undefined);
    });

    it("works with settings that have problems: what is to be removed is in the state", async () => {
        const { exitCode } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:hots: {}\n" }),
            stacks: { dev: standing },
        });
        expect(exitCode).to.equal(0);
    });

    it("does not touch the cluster while somebody else works on the stack: exit code 4", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: {
                dev: {
                    ...standing,
                    errors: { requireUnlocked: new AppError("LOCKED", { message: "locked" }) },
                },
            },
        });
        expect([exitCode, context.calls]).to.deep.equal([4, ["engine open dev", "engine requireUnlocked"]]);
    });

    it("gives tasks the time that --timeout says", async () => {
        const { context } = await play(["destroy", "dev", "--yes", "--timeout", "90s"], {
            directory: makeProject(),
            stacks: { dev: standing },
        });
        expect(context.requests.emptyCluster[0]?.timeoutSeconds).to.equal(90);
    });

    it("says that it was interrupted, with exit code 130, whatever the interruption broke", async () => {
        const { exitCode, context } = await play(["destroy", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: standing },
            hosts: { errors: { emptyCluster: new DOMException("This operation was aborted", "AbortError") } },
            signal: AbortSignal.abort(),
        });
        expect(exitCode).to.equal(130);
        expect(context.io.err()).to.contain("error: interrupted\n").and.not.to.contain("defect");
    });
});

import { existsSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { changes, chosenImage, step, type FakeStackOptions } from "../../../helpers/fakes";
import { standing as standingIn } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { said } from "../../../helpers/said";

const created = changes([
    step("create", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"),
    step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1"),
    step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-2"),
]);
const replacing = changes(
    [step("replace", "aws:ec2/instance:Instance", "sles-ecs-hosts-1", ["ami", "userData"])],
    2,
);
const standing: FakeStackOptions = {
    resources: [
        {
            type: "aws:ecs/cluster:Cluster",
            name: "sles-ecs-cluster",
            id: "arn:aws:ecs:us-east-1:123456789012:cluster/dev",
        },
    ],
};

const onChosenImage = { imageId: chosenImage.id, imageName: chosenImage.name };

describe("up", () => {
    afterEach(removeFolders);

    it("checks, creates, waits for the hosts and says what comes next", async () => {
        const { transcript, context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false, up: created } },
        });
        expectGolden("cli/up.txt", transcript);
        expect(context.calls).to.deep.equal([
            "engine open dev",
            "aws reads",
            "engine up",
            "aws reads",
            "host i-1 is ready",
            "host i-2 is ready",
            "aws reads",
        ]);
    });

    it("tells the checks where the environment is, unless nothing of it is left there", async () => {
        const clusterArn = "arn:aws:ecs:us-east-1:210987654321:cluster/dev";
        const refused = async (stack: FakeStackOptions) => {
            const { context } = await play(["up", "dev"], {
                directory: makeProject(),
                stacks: { dev: stack },
            });
            return /AWS_ACCOUNT_MISMATCH/.test(context.io.err());
        };
        expect(await refused({ ...standing, outputs: { clusterArn } })).to.equal(true);
        expect(await refused({ resources: [], outputs: { clusterArn } })).to.equal(false);
    });

    it("answers with one JSON document", async () => {
        const { context, exitCode } = await play(["up", "dev", "-o", "json"], {
            directory: makeProject(),
            stacks: { dev: { exists: false, up: created } },
        });
        const answer = JSON.parse(context.io.out()) as Record<string, unknown>;
        expect(exitCode).to.equal(0);
        expect(answer).to.include({ version: 1, environment: "dev" });
        // Hosts boot in 40 s, and are looked at every 10 s at most.
        expect(answer["seconds"]).to.be.within(40, 50);
        expect(answer["counts"]).to.deep.equal({ create: 3 });
        expect(answer["outputs"]).to.include({ clusterName: "dev" });
        expect(answer["ready"]).to.include({ clusterName: "dev", wantedHosts: 2 });
    });

    it("gives preflight, engine and ready gate what they need", async () => {
        const { context } = await play(["up", "dev", "--timeout", "1h30m", "--parallel", "4"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
            bootSeconds: Infinity,
        });
        // Once before its lock, and once under it.
        const place = { region: "us-east-1" };
        expect(said(context.places)).to.deep.equal([place, place]);
        expect(context.settings[0]?.hosts).to.include({ mode: "fixed", count: 2 });
        expect(context.calls).to.include("engine up parallel=4");
        expect(context.io.err()).to.contain("0 of 2 hosts are ready in cluster dev after 1 h 30 min\n");
    });

    it("looks for its hosts by the tag of its stack, and for a cluster that an empty state cannot own", async () => {
        const theirs = standingIn("bob", [{}, {}], "us-east-1", "dev");
        const { context, exitCode } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
            aws: theirs,
        });
        expect([exitCode, context.calls]).to.deep.equal([2, ["engine open dev", "aws reads"]]);
        expect(context.io.err()).to.contain("belongs to organization/sles-ecs/bob");
        const own = standingIn("dev", []);
        const lost = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
            aws: own,
        });
        expect(lost.context.io.err()).to.contain(
            "belongs to a stack that is called organization/sles-ecs/dev as well",
        );
    });

    it("waits in the cluster that stands afterwards, where that has another name than before", async () => {
        const { context } = await play(["up", "dev", "--yes", "--timeout", "1m"], {
            directory: makeProject({
                "Pulumi.dev.yaml": "config:\n    aws:region: us-east-1\n    sles-ecs:clusterName: team\n",
            }),
            stacks: { dev: { ...standing, outputs: { clusterName: "dev" } } },
            bootSeconds: Infinity,
        });
        expect(context.io.err()).to.contain("0 of 1 host is ready in cluster team after 1 min\n");
    });

    it("does not begin to wait after a Ctrl-C, though the engine came to its end: exit code 130", async () => {
        const controller = new AbortController();
        const { context, exitCode } = await play(["up", "dev", "--yes"], {
            directory: makeProject(),
            signal: controller.signal,
            stacks: { dev: { ...standing, onRun: (operation) => operation === "up" && controller.abort() } },
        });
        expect([exitCode, context.io.out()]).to.deep.equal([130, ""]);
        expect(context.calls.at(-1)).to.equal("engine up");
    });

    it("does not wait with --no-wait", async () => {
        const { context, exitCode } = await play(["up", "dev", "--no-wait"], {
            directory: makeProject(),
            stacks: { dev: { exists: false, up: created } },
        });
        expect(exitCode).to.equal(0);
        expect(context.calls.slice(-2)).to.deep.equal(["engine up", "aws reads"]);
        expect(context.io.err()).to.not.contain("waiting for hosts");
        expect(context.io.out()).to.contain("hosts: not waited for");
    });

    it("asks nothing when an existing environment only gains resources", async () => {
        const { context, exitCode } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: {
                dev: { ...standing, preview: changes([step("create", "aws:ebs/volume:Volume", "v")], 3) },
            },
            answers: [],
        });
        expect([exitCode, context.io.questions]).to.deep.equal([0, []]);
        expect(context.calls).to.include.members(["engine preview", "engine up"]);
    });

    it("does not ask where all that would go stays in the account", async () => {
        const kept = { ...step("delete", "aws:ecr/repository:Repository", "web"), isRetained: true as const };
        const { context, exitCode } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, preview: changes([kept], 3), up: changes([kept], 3) } },
            aws: standingIn("dev", [onChosenImage, onChosenImage]),
        });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.not.contain("lose");
        expect(context.io.out()).to.contain("dev is up: 1 left in place, 3 unchanged;");
    });

    it("shows what would be replaced, asks, and goes on after a yes", async () => {
        const { transcript, context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, preview: replacing, up: replacing } },
            aws: standingIn("dev", [onChosenImage, onChosenImage]),
            answers: [true],
        });
        expectGolden("cli/up-replacing.txt", transcript);
        expect(context.calls).to.include("engine up");
    });

    it("changes nothing after a no: exit code 6", async () => {
        const { exitCode, context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, preview: replacing } },
            answers: [false],
        });
        expect(exitCode).to.equal(6);
        expect(context.calls).not.to.include("engine up");
    });

    it("refuses to replace anything where nobody can be asked: exit code 2", async () => {
        const { transcript, exitCode, context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, preview: replacing } },
        });
        expect(exitCode).to.equal(2);
        expect(context.calls).not.to.include("engine up");
        expectGolden("cli/up-consent-needed.txt", transcript);
    });

    it("needs no preview with --yes", async () => {
        const { context, exitCode } = await play(["up", "dev", "--yes"], {
            directory: makeProject(),
            stacks: { dev: { ...standing, up: replacing } },
        });
        expect(exitCode).to.equal(0);
        expect(context.calls).not.to.include("engine preview");
    });

    it("lists every problem of wrong settings at once and asks neither Pulumi nor AWS", async () => {
        const { transcript, exitCode, context } = await play(["up", "dev"], {
            directory: makeProject({
                "Pulumi.dev.yaml":
                    "config:\n  sles-ecs:hosts:\n    mode: fixed\n    cuont: 2\n    rootVolumeGiB: many\n  sles-ecs:dokcerStorage: {}\n",
            }),
        });
        expect(exitCode).to.equal(2);
        expect(context.calls).to.deep.equal([]);
        expect(context.places).to.deep.equal([]);
        expectGolden("cli/up-settings-invalid.txt", transcript);
    });

    it("says where a settings file is no YAML: exit code 2", async () => {
        const { transcript, exitCode, context } = await play(["up", "dev"], {
            directory: makeProject({ "Pulumi.dev.yaml": "config:\n  sles-ecs:hosts: {count: 2\n" }),
        });
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
        expectGolden("cli/up-settings-unreadable.txt", transcript);
    });

    it("refuses an environment that nothing is known of, and proposes --from: exit code 3", async () => {
        const { transcript, exitCode, context } = await play(["up", "alcie"], {
            directory: makeProject({ "Pulumi.alice.yaml": "config: {}\n" }),
        });
        expect(exitCode).to.equal(3);
        expect(context.calls).to.deep.equal(["engine open alcie"]);
        expectGolden("cli/up-unknown.txt", transcript);
    });

    it("works on a stack without a settings file, with every default", async () => {
        const { exitCode, context } = await play(["up", "bare"], {
            directory: makeProject(),
            stacks: { bare: { exists: true } },
        });
        expect(exitCode).to.equal(0);
        expect(context.settings[0]).to.deep.include({
            clusterName: "bare",
            adoptCluster: false,
        });
    });

    it("changes nothing when a check fails, not even the settings file", async () => {
        const directory = makeProject();
        const { exitCode, context } = await play(["up", "alice", "--from", "dev"], {
            directory,
            aws: {
                errors: { "identity.caller": new AppError("AWS_CREDENTIALS", { message: "no credentials" }) },
            },
        });
        expect(exitCode).to.equal(1);
        expect(context.calls).to.deep.equal(["engine open alice", "aws reads"]);
        expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
    });

    it("ends with the ready gate's own code when hosts do not get ready in time", async () => {
        const { exitCode, context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
            bootSeconds: Infinity,
        });
        expect(exitCode).to.equal(5);
        expect(context.io.err()).to.contain(
            "  i-1 us-east-1a: the instance runs, no ECS agent has registered yet; status checks: system ok, instance ok; EC2 has no console output of it yet\n",
        );
    });

    it("reports a host each, in the order of the gate", async () => {
        const { context } = await play(["up", "dev"], {
            directory: makeProject(),
            stacks: { dev: { exists: false } },
        });
        expect(context.io.out()).to.contain("hosts: 2 of 2 ready in cluster dev");
        expect(context.io.err()).to.contain(
            "  2 of 2 hosts ready\n  i-1 us-east-1a: ready\n  i-2 us-east-1a: ready\n",
        );
    });
});

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { standing } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { devSettings, makeProject, removeFolders } from "../../../helpers/project";
import { said } from "../../../helpers/said";
import { play } from "../../../helpers/transcript";

const created = changes([
    step("create", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"),
    step("create", "aws:iam/role:Role", "sles-ecs-role"),
    step("create", "aws:ec2/instance:Instance", "sles-ecs-hosts-1"),
]);
const replacing = changes(
    [step("replace", "aws:ec2/instance:Instance", "sles-ecs-hosts-1", ["ami", "userData"])],
    2,
);
const existing: FakeStackOptions = {
    resources: [
        {
            type: "aws:ecs/cluster:Cluster",
            name: "sles-ecs-cluster",
            id: "arn:aws:ecs:us-east-1:123456789012:cluster/dev",
        },
    ],
};

/** What the first `up` adds to a settings file with four blanks a level. */
const lockLines = `    sles-ecs:hostImage:
        lock:
            id: ami-0123456789abcdef0
            name: suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64
            date: "20260910"
            region: us-east-1
`;

describe("up --from, --set and --adopt-cluster", () => {
    afterEach(removeFolders);

    const file = (directory: string, name: string) => readFileSync(path.join(directory, name), "utf8");

    it("makes a personal environment from the team's settings, comments and all, and leaves theirs alone", async () => {
        const directory = makeProject();
        const { transcript, exitCode } = await play(
            ["up", "alice", "--from", "dev", "--set", "hosts.count=1", "--set", "tags.owner=alice"],
            { directory, stacks: { alice: { exists: false, up: created } } },
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/up-from.txt", transcript);
        expectGolden("cli/Pulumi.alice.yaml", file(directory, "Pulumi.alice.yaml"));
        expect(file(directory, "Pulumi.dev.yaml")).to.equal(devSettings);
    });

    it("does not copy what must be unique or is secret", async () => {
        const directory = makeProject({
            "Pulumi.dev.yaml":
                "encryptionsalt: v1:abc\nconfig:\n  sles-ecs:clusterName: shared\n  sles-ecs:adoptCluster: true\n" +
                "  sles-ecs:instanceRole: {mode: create, name: team-role, policy: suse}\n  other:key: {secure: v1:xyz}\n",
        });
        const { context } = await play(["up", "alice", "--from", "dev"], { directory });
        expect(said(context.settings[0])).to.deep.include({
            clusterName: "alice",
            adoptCluster: false,
            instanceRole: { mode: "create", policy: "suse", ssm: false },
        });
        expect(file(directory, "Pulumi.alice.yaml")).not.to.match(/encryptionsalt|shared|team-role|secure/);
    });

    it("says once where a copy of a copy comes from, and keeps the team's comments", async () => {
        const directory = makeProject({ "Pulumi.dev.yaml": `# Ours.\n\n${devSettings}` });
        await play(["up", "alice", "--from", "dev"], { directory });
        await play(["up", "bob", "--from", "alice"], { directory });
        expect(file(directory, "Pulumi.bob.yaml")).to.match(
            /^# Personal environment, copied from Pulumi\.alice\.yaml .*\n# .*destroy bob .*\n\n# Ours\.\n\n# What the team/,
        );
    });

    it("may be repeated as it was", async () => {
        const directory = makeProject();
        const argv = ["up", "alice", "--from", "dev", "--set", "hosts.count=1"];
        await play(argv, { directory });
        const before = file(directory, "Pulumi.alice.yaml");
        const { exitCode, context } = await play(argv, { directory });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).not.to.contain("now says");
        expect(file(directory, "Pulumi.alice.yaml")).to.equal(before);
    });

    it("refuses when the file exists and says something else, and names the difference", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory });
        const { transcript, exitCode, context } = await play(
            ["up", "alice", "--from", "dev", "--set", "hosts.count=3"],
            {
                directory,
            },
        );
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
        expectGolden("cli/up-from-conflict.txt", transcript);
    });

    for (const keys of [
        "encryptionsalt: v1:abc\n",
        "secretsprovider: awskms://alias/team\nencryptedkey: abc\n",
        "encryptionsalt: v1:abc\nconfig: {}\n",
        "config: {}\n",
        "config:\nencryptionsalt: v1:abc\n",
        "\n",
    ]) {
        it(`goes on where the file sets nothing, and keeps Pulumi's keys: ${JSON.stringify(keys)}`, async () => {
            const directory = makeProject({ "Pulumi.alice.yaml": keys });
            const { exitCode, context } = await play(["up", "alice", "--from", "dev"], { directory });
            expect(exitCode, context.io.err()).to.equal(0);
            expect(said(context.settings[0])).to.deep.include({ tags: { team: "blue" } });
            const text = file(directory, "Pulumi.alice.yaml");
            expect(text).to.contain("sles-ecs:basedOn: dev").and.contain("# one for each zone");
            const kept = keys.split("\n").filter((line) => /^encr|^secretsp/.test(line));
            expect(text.split("\n")).to.include.members(kept);
        });
    }

    it("leaves a file that sets nothing as it was where the person says no", async () => {
        const keys = "encryptionsalt: v1:abc\nconfig: {}\n";
        const directory = makeProject({ "Pulumi.alice.yaml": keys });
        const { exitCode } = await play(["up", "alice", "--from", "dev"], {
            directory,
            stacks: { alice: { ...existing, preview: replacing } },
            answers: [false],
        });
        expect(exitCode).to.equal(6);
        expect(file(directory, "Pulumi.alice.yaml")).to.equal(keys);
    });

    it("refuses a file with comments of its author alone, which would be lost", async () => {
        const directory = makeProject({ "Pulumi.alice.yaml": "# Mine.\nconfig: {}\n" });
        const { exitCode, context } = await play(["up", "alice", "--from", "dev"], { directory });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("SETTINGS_CONFLICT");
        expect(file(directory, "Pulumi.alice.yaml")).to.equal("# Mine.\nconfig: {}\n");
    });

    it("remembers --set in an existing personal environment", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory });
        const { exitCode } = await play(["up", "alice", "--set", "hosts.count=3"], { directory });
        expect(exitCode).to.equal(0);
        expect(file(directory, "Pulumi.alice.yaml")).to.contain("count: 3 # one for each zone");
    });

    it("does not remember it when the person then says no", async () => {
        const directory = makeProject();
        await play(["up", "alice", "--from", "dev"], { directory });
        const before = file(directory, "Pulumi.alice.yaml");
        const { exitCode } = await play(["up", "alice", "--set", "hosts.count=1"], {
            directory,
            stacks: { alice: { ...existing, preview: replacing } },
            answers: [false],
        });
        expect([exitCode, file(directory, "Pulumi.alice.yaml")]).to.deep.equal([6, before]);
    });

    it("refuses --set on the team's settings: exit code 2", async () => {
        const directory = makeProject();
        const { exitCode, context } = await play(["up", "dev", "--set", "hosts.count=1"], { directory });
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
        expect(context.io.err())
            .to.contain("SETTINGS_CONFLICT")
            .and.contain("Next: sles-ecs up <your name> --from dev");
        expect(file(directory, "Pulumi.dev.yaml")).to.equal(devSettings);
    });

    it("reads values as YAML does: numbers, lists and nothing", async () => {
        const directory = makeProject();
        const { context } = await play(
            [
                ...["up", "alice", "--from", "dev", "--set", "network.mode=existing"],
                ...["--set", "network.subnetIds=[subnet-0a1b2c3d, subnet-0a1b2c3e]"],
                ...["--set", "network.securityGroupIds=[sg-0a1b2c3d]", "--set", "tags.team="],
            ],
            {
                directory,
                aws: {
                    subnets: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"].map((id) => ({
                        id,
                        vpcId: "vpc-1",
                        zone: "us-east-1a",
                        mapPublicIpOnLaunch: true,
                    })),
                    securityGroups: [{ id: "sg-0a1b2c3d", vpcId: "vpc-1" }],
                },
            },
        );
        expect(context.io.err()).not.to.contain("error");
        expect(said(context.settings[0])).to.deep.include({
            network: {
                mode: "existing",
                subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
                securityGroupIds: ["sg-0a1b2c3d"],
            },
            tags: {},
        });
    });

    const refused: readonly (readonly [text: string, message: string])[] = [
        ["hosts.count", '--set does not understand this: got "hosts.count"'],
        ["hosts..count=1", '--set does not understand this: got "hosts..count=1"'],
        ["=1", '--set does not understand this: got "=1"'],
        ["tags.a=[1", "the value of --set tags.a is not valid YAML"],
        [
            "hosts.count.more=1",
            "cannot set hosts.count.more: sles-ecs:hosts.count in Pulumi.alice.yaml is not a map",
        ],
        ["hosts.cuont=1", "Pulumi.alice.yaml has a problem"],
    ];
    for (const [text, message] of refused) {
        it(`refuses --set ${text} with exit code 2 and writes nothing`, async () => {
            const directory = makeProject();
            const { exitCode, context } = await play(["up", "alice", "--from", "dev", "--set", text], {
                directory,
            });
            expect([exitCode, context.calls]).to.deep.equal([2, []]);
            expect(context.io.err()).to.contain(message);
            expect(existsSync(path.join(directory, "Pulumi.alice.yaml"))).to.equal(false);
        });
    }

    it("refuses to copy from an environment without a settings file: exit code 3", async () => {
        const { exitCode, context } = await play(["up", "alice", "--from", "prod"], {
            directory: makeProject(),
        });
        expect([exitCode, context.calls]).to.deep.equal([3, []]);
        expect(context.io.err()).to.contain("got prod, expected one of: dev");
    });

    it("refuses to copy an environment from itself", async () => {
        const { exitCode } = await play(["up", "dev", "--from", "dev"], { directory: makeProject() });
        expect(exitCode).to.equal(2);
    });

    it("remembers --adopt-cluster in the settings file, keeping the rest of it as it is", async () => {
        const directory = makeProject();
        const { exitCode, context } = await play(["up", "dev", "--adopt-cluster"], {
            directory,
            aws: standing("bob", [], "us-east-1", "dev"),
        });
        expect(exitCode).to.equal(0);
        expect(context.settings[0]?.adoptCluster).to.equal(true);
        expect(file(directory, "Pulumi.dev.yaml")).to.equal(
            `${devSettings}    sles-ecs:adoptCluster: true\n${lockLines}`,
        );
        expect(context.io.err()).to.contain("Pulumi.dev.yaml now says for dev: adoptCluster=true");
    });
});

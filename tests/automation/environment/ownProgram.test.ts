import { expect } from "chai";

import { allCommands } from "../../../automation/cli/allCommands";
import type { FakeContextOptions } from "../../helpers/fakes";
import { expectGolden } from "../../helpers/golden";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { inTwoHours, leased } from "../lease/leaseCase";
import { standing } from "../verbs/standing";

/** What a program has that makes two clusters and a bucket. */
const notOurs = [
    "sles-ecs:components:SlesEcsCluster web",
    "aws:ecs/cluster:Cluster web-cluster",
    "sles-ecs:components:SlesEcsCluster batch",
    "aws:ecs/cluster:Cluster batch-cluster",
    "aws:s3/bucket:Bucket files",
];

/** An environment by its name, with what only a program of somebody's own makes. */
const ownProgram = (): FakeContextOptions => ({
    directory: makeProject({ "Pulumi.alice.yaml": "config:\n  sles-ecs:basedOn: dev\n" }),
    stacks: { dev: { ...standing, notOurs }, alice: { ...standing, notOurs } },
    summaries: ["alice", "dev"].map((name) => ({
        ...{ name, updateInProgress: false, resourceCount: 24, current: false },
    })),
    answers: [true],
});

/** These answer from the state alone, or mend its files. */
const working = ["outputs", "state restore"];

/** The first example of each command that is told an environment. */
const examples = allCommands
    .flatMap((one) =>
        "commands" in one
            ? one.commands.map((command) => ({ ...command, name: `${one.command} ${command.command}` }))
            : [{ ...one, name: one.command }],
    )
    .filter(({ name }) => /[<[]environment[>\]]/.test(name))
    .map(({ name, examples: [first] }) => ({
        name: name.replace(/ [<[].*/, ""),
        argv: (first?.command ?? "").split(" "),
    }))
    .filter(({ name }) => name !== "orphans" && !working.includes(name));

describe("a stack that a program of one's own has made", () => {
    afterEach(removeFolders);

    it("is refused with what the stack is, and Pulumi's own commands to go on with: exit code 2", async () => {
        const { transcript } = await play(["destroy", "dev", "--yes"], ownProgram());
        expectGolden("cli/own-program.txt", transcript);
    });

    for (const { name, argv } of examples) {
        it(`is refused by \`${name}\` before anything is changed`, async () => {
            const { context, exitCode } = await play(argv, ownProgram());
            expect(context.io.err()).to.contain("was made by a program of your own");
            expect(exitCode).to.equal(2);
            expect(context.aws.changes).to.deep.equal([]);
            expect(context.calls.filter((call) => !/^engine (open|list)\b/.test(call))).to.deep.equal([]);
        });
    }

    it("is listed as what it is, and AWS is asked nothing about it", async () => {
        const options = ownProgram();
        const { context, exitCode } = await play(["list"], options);
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.match(/^dev +own program +24 /m);
        expect(context.aws.reads).to.deep.equal([]);
        const json = await play(["list", "-o", "json"], options);
        const { environments } = JSON.parse(json.context.io.out()) as { environments: { name: string }[] };
        const dev = environments.find(({ name }) => name === "dev");
        expect(dev).to.include({ exists: true, ofOwnProgram: true }).and.not.have.property("hosts");
    });

    it("shows its outputs", async () => {
        const { context, exitCode } = await play(["outputs", "dev"], ownProgram());
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.contain("clusterName");
    });

    it("stays where all others of the state backend are destroyed or reaped", async () => {
        const options = leased({
            alice: { expiresAt: inTwoHours },
            web: { expiresAt: "2026-11-23T09:00:00Z", stack: { notOurs } },
        });
        for (const argv of [
            ["destroy", "--all", "--yes", "-o", "json"],
            ["reap", "--yes", "-o", "json"],
        ]) {
            const { context, exitCode } = await play(argv, options);
            const { environments } = JSON.parse(context.io.out()) as {
                environments: { environment: string; outcome: string }[];
            };
            expect(exitCode, context.io.err()).to.equal(0);
            const web = environments.find(({ environment }) => environment === "web");
            expect(web).to.include({ outcome: "stays" });
            expect(context.io.out()).to.contain("a program of your own has made it, and alone ends it");
            expect(context.aws.changes.join("\n")).to.not.contain("web");
        }
    });
});

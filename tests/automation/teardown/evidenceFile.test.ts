import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import type { Evidence } from "../../../components/model/evidence";
import { changes, step } from "../../helpers/fakes";
import { makeProject, removeFolders } from "../../helpers/project";
import { play } from "../../helpers/transcript";
import { clusterArn, job, occupied, stack } from "./destroyCase";

describe("the record of a destroy, in a file", () => {
    afterEach(removeFolders);

    const inFile = (directory: string, name = "dev.json"): Evidence & { version: number } =>
        JSON.parse(readFileSync(path.join(directory, name), "utf8")) as Evidence & { version: number };
    const destroy = (directory: string, changes: Partial<Parameters<typeof play>[1]> = {}) =>
        play(["destroy", "dev", "--yes", "--evidence", "dev.json", "-o", "json"], {
            directory,
            stacks: { dev: stack },
            aws: occupied(),
            ...changes,
        });

    it("says what was there, each step with its time and AWS's answer, and what is there afterwards", async () => {
        const directory = makeProject();
        const { exitCode, context } = await destroy(directory);
        expect(exitCode).to.equal(0);
        const evidence = inFile(directory);
        expect(evidence).to.deep.equal(JSON.parse(context.io.out()));
        expect(evidence).to.include({
            version: 1,
            kind: "evidence",
            stackId: "dev-id",
            verdict: "gone",
            finished: true,
        });
        const before = evidence.before.map(({ type, id }) => `${type} ${id}`);
        expect(before).to.include.members([
            `aws:ecs/cluster:Cluster ${clusterArn}`,
            "aws:iam/role:Role sles-ecs-dev",
            "aws:ec2/instance:Instance i-0a1b2c3d4e5f60718",
            "ecs:service arn:aws:ecs:us-east-1:123456789012:service/dev/web",
            `ecs:task ${job}`,
            "ec2:volume vol-1",
        ]);
        expect(new Set(before)).to.have.lengthOf(before.length);
        expect(evidence.steps.map(({ what, id, outcome }) => `${what} ${id}: ${outcome}`)).to.deep.equal([
            "set desired count to 0 arn:aws:ecs:us-east-1:123456789012:service/dev/web: done",
            "delete arn:aws:ecs:us-east-1:123456789012:service/dev/web: done",
            `stop ${job}: done`,
            "delete i-0a1b2c3d4e5f60718: done",
            "delete sles-ecs-dev:policy: done",
            "delete sles-ecs-dev: done",
            `delete ${clusterArn}: done`,
        ]);
        expect(evidence.steps.map(({ at }) => at)).to.include("2026-11-23T10:00:00.500Z");
        expect(evidence.after).to.deep.equal([{ type: "ec2:volume", name: "dev-docker-1", id: "vol-1" }]);
    });

    it("says how far it came where the destroy fails, with AWS's refusal, and goes on with the next one", async () => {
        const directory = makeProject();
        const error = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call ecs:DeleteService" });
        const failed = await destroy(directory, {
            aws: { ...occupied(), errors: { "ecs.deleteService": error } },
        });
        expect(failed.exitCode).to.equal(1);
        const first = inFile(directory);
        expect(first).to.include({ verdict: "unfinished", finished: false });
        expect(first.failure).to.deep.equal({ code: "AWS_ACCESS_DENIED", message: error.message });
        expect(first.steps.map(({ what, outcome, answer }) => [what, outcome, answer])).to.deep.equal([
            ["set desired count to 0", "done", undefined],
            ["delete", "refused", error.message],
        ]);
        expect(first.removed).to.deep.equal([]);
        expect(first.kept.map(({ id }) => id)).to.deep.equal(["vol-1"]);
        expect(first.left.map(({ id }) => id))
            .to.include(clusterArn)
            .and.not.to.include("vol-1");

        await destroy(directory, { aws: { ...occupied(), services: {}, tasks: {} } });
        const both = inFile(directory);
        expect(both).to.include({ verdict: "gone", finished: true });
        expect(both.before.map(({ id }) => id)).to.include(job);
        expect(both.steps[1]?.outcome).to.equal("refused");
        expect(both.steps.at(-1)?.id).to.equal(clusterArn);
        await play(["destroy", "dev", "--evidence", "dev.json"], { directory });
        expect(inFile(directory).steps, "of a destroy that found nothing more").to.deep.equal(both.steps);
    });

    it("calls it no deletion when the engine lets go of a volume that stays", async () => {
        const directory = makeProject();
        const volume = { type: "aws:ebs/volume:Volume", name: "sles-ecs-hosts-1-docker", id: "vol-1" };
        await destroy(directory, {
            stacks: {
                dev: {
                    ...stack,
                    resources: [...(stack.resources ?? []), volume],
                    destroy: changes([step("delete", volume.type, volume.name)]),
                },
            },
        });
        const { steps, removed, kept } = inFile(directory);
        expect(steps.find(({ id }) => id === "vol-1")?.what).to.equal("let go of");
        expect(removed.map(({ id }) => id)).not.to.include("vol-1");
        expect(kept.map(({ id }) => id)).to.deep.equal(["vol-1"]);
    });

    it("stands before the first change, for the destroy may be killed", async () => {
        const directory = makeProject();
        let atFirst: Evidence | undefined;
        await destroy(directory, {
            stacks: { dev: { ...stack, onRun: () => (atFirst ??= inFile(directory)) } },
        });
        expect(atFirst).to.include({ verdict: "unfinished", finished: false });
        expect(atFirst?.left.map(({ id }) => id)).to.include(clusterArn);
    });

    const unusable: readonly (readonly [string, (directory: string) => string])[] = [
        ["a folder that is not there", () => "none/dev.json"],
        [
            "a folder",
            (directory) => {
                mkdirSync(path.join(directory, "dev"));
                return "dev";
            },
        ],
        ["a file with something else", () => "Pulumi.dev.yaml"],
        [
            "the evidence of another environment",
            (directory) => {
                const evidence = { ...other, stack: "organization/sles-ecs/bob", environment: "bob" };
                writeFileSync(path.join(directory, "bob.json"), JSON.stringify(evidence));
                return "bob.json";
            },
        ],
    ];
    const other = {
        ...{ version: 1, kind: "evidence", accountId: "123456789012", region: "us-east-1" },
        ...{ startedAt: "2026-11-23T10:00:00.000Z", finishedAt: "2026-11-23T10:00:00.000Z" },
        ...{
            verdict: "gone",
            finished: true,
            before: [],
            steps: [],
            removed: [],
            after: [],
            kept: [],
            left: [],
        },
        unseen: [],
    };
    for (const [what, make] of unusable) {
        it(`is refused before anything is changed where its place is ${what}: exit code 2`, async () => {
            const directory = makeProject();
            const name = make(directory);
            const { exitCode, context } = await play(["destroy", "dev", "--yes", "--evidence", name], {
                directory,
                stacks: { dev: stack },
                aws: occupied(),
            });
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain("EVIDENCE_FILE_UNUSABLE").and.to.contain(name);
            expect(context.aws.changes).to.deep.equal([]);
            expect(context.calls).not.to.include("engine destroy");
        });
    }

    it("is told of where it cannot be written at the end, and the stack stays: exit code 1", async () => {
        const directory = makeProject();
        const folder = path.join(directory, "records");
        mkdirSync(folder);
        const { exitCode, context } = await play(
            ["destroy", "dev", "--yes", "--evidence", "records/dev.json"],
            {
                directory,
                stacks: {
                    dev: {
                        ...stack,
                        onRun: () => {
                            // A file in the folder's place lets nobody write, whoever it is.
                            replaceByFile(folder);
                        },
                    },
                },
                aws: occupied(),
            },
        );
        expect(exitCode).to.equal(1);
        expect(context.io.err()).to.contain("EVIDENCE_NOT_WRITTEN");
        expect(context.calls).not.to.include("engine remove");
    });
});

function replaceByFile(folder: string): void {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { FakeContextOptions } from "../../../helpers/fakes";
import { stackIdOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { inTwoHours, leased } from "../../lease/leaseCase";

describe("destroy --all", () => {
    afterEach(removeFolders);

    const team = {
        alice: { expiresAt: inTwoHours },
        bob: { expiresAt: inTwoHours, owner: "bob" },
        carol: { expiresAt: "never" },
        dev: { expiresAt: "never", stack: { lease: undefined } },
    };
    const updated: Readonly<Record<string, string | undefined>> = {
        alice: "2026-11-10T10:00:00Z",
        bob: "2026-11-23T09:00:00Z",
        carol: "2026-11-22T10:00:00Z",
    };
    const world = (changes: Partial<FakeContextOptions> = {}): FakeContextOptions => {
        const options = leased(team);
        const summaries = (options.summaries ?? []).map((one) => ({ ...one, lastUpdate: updated[one.name] }));
        return { ...options, summaries, ...changes };
    };
    const outcomesOf = (out: string): Record<string, string> => {
        const { environments } = JSON.parse(out) as {
            environments: { environment: string; outcome: string }[];
        };
        return Object.fromEntries(environments.map(({ environment, outcome }) => [environment, outcome]));
    };
    const standing = (context: Awaited<ReturnType<typeof play>>["context"]): string[] =>
        context.aws.state.clusters.filter(({ status }) => status === "ACTIVE").map(({ name }) => name);

    it("shows a line each, asks once, and destroys those of an owner; whoever has no lease has none", async () => {
        const { exitCode, transcript, context } = await play(["destroy", "--all", "--owner", "me"], world());
        expect(exitCode).to.equal(0);
        // Several at once: whose line comes first is nobody's business.
        const isOfOne = (line: string): boolean => /^(alice|carol): /.test(line);
        const lines = transcript.split("\n");
        expect(lines.filter(isOfOne).map((line) => line.split(": ")[0])).to.include.members([
            "alice",
            "carol",
        ]);
        expectGolden("cli/destroy-all.txt", lines.filter((line) => !isOfOne(line)).join("\n"));
        expect(context.io.questions).to.have.lengthOf(1);
        expect(standing(context)).to.deep.equal(["bob", "dev"]);
    });

    it("leaves one that somebody has updated while the question stood", async () => {
        const options = world();
        const summaries = [...(options.summaries ?? [])];
        const { context } = await play(["destroy", "--all", "--older-than", "7d", "-o", "json"], {
            ...options,
            summaries,
            onQuestion: () => {
                const [alice, ...others] = summaries;
                summaries.splice(0, summaries.length, ...others);
                if (alice !== undefined) {
                    summaries.push({ ...alice, lastUpdate: "2026-11-23T10:00:00Z" });
                }
            },
        });
        expect(outcomesOf(context.io.out())).to.include({ alice: "lives" });
        expect(standing(context)).to.include("alice");
    });

    it("takes those without an update for so long, and none of which that is not known", async () => {
        const { context } = await play(
            ["destroy", "--all", "--older-than", "7d", "--yes", "-o", "json"],
            world(),
        );
        expect(outcomesOf(context.io.out())).to.deep.equal({
            alice: "destroyed",
            bob: "stays",
            carol: "stays",
            dev: "stays",
        });
        expect(standing(context)).to.deep.equal(["bob", "carol", "dev"]);
    });

    it("takes everything where nothing tells some apart", async () => {
        const { context, exitCode } = await play(["destroy", "--all", "--yes"], world());
        expect(exitCode).to.equal(0);
        expect(standing(context)).to.deep.equal([]);
    });

    it("changes nothing after a no, and where nobody can be asked", async () => {
        const declined = await play(["destroy", "--all"], world({ answers: [false] }));
        expect([declined.exitCode, declined.context.aws.changes]).to.deep.equal([6, []]);
        const alone = await play(["destroy", "--all", "--owner", "bob"], world({ answers: undefined }));
        expect([alone.exitCode, alone.context.aws.changes]).to.deep.equal([2, []]);
        expect(alone.context.io.err()).to.contain("Next: sles-ecs destroy --all --owner bob --yes");
    });

    it("goes on with the others where one fails or is locked, and says so: exit code 1", async () => {
        const options = world();
        const withError = (name: string, code: AppError["code"]) => ({
            ...options.stacks?.[name],
            errors: { requireWorkable: new AppError(code, { message: "no" }) },
        });
        const { context, exitCode } = await play(["destroy", "--all", "--yes", "-o", "json"], {
            ...options,
            stacks: {
                ...options.stacks,
                alice: withError("alice", "PASSPHRASE_WRONG"),
                bob: withError("bob", "LOCKED"),
            },
        });
        expect(exitCode).to.equal(1);
        expect(outcomesOf(context.io.out())).to.deep.equal({
            alice: "failed",
            bob: "busy",
            carol: "destroyed",
            dev: "destroyed",
        });
    });

    it("writes a record of each into a folder, that evidence check reads, also where one fails", async () => {
        const options = world();
        const error = new AppError("UPDATE_FAILED", { message: "no" });
        const { context, exitCode } = await play(
            ["destroy", "--all", "--yes", "--evidence", "records/november", "-o", "json"],
            {
                ...options,
                stacks: {
                    ...options.stacks,
                    bob: { ...options.stacks?.["bob"], errors: { destroy: error } },
                },
            },
        );
        expect(exitCode).to.equal(1);
        const { environments } = JSON.parse(context.io.out()) as {
            environments: { environment: string; evidence: string }[];
        };
        expect(environments.map(({ environment, evidence }) => [environment, evidence])).to.deep.equal(
            ["alice", "bob", "carol", "dev"].map((name) => [
                name,
                `records/november/${name}.${stackIdOf(name)}.json`,
            ]),
        );
        const records = environments.map(
            ({ evidence }) =>
                JSON.parse(readFileSync(path.join(options.directory, evidence), "utf8")) as object,
        );
        expect(records[0]).to.include({ environment: "alice", verdict: "gone", finished: true });
        expect(records[1]).to.include({ environment: "bob", finished: false });
        const check = ["evidence", "check", environments[0]?.evidence ?? ""];
        expect((await play(check, { ...options, aws: context.aws })).exitCode).to.equal(0);
    });

    it("destroys nothing where one of the records cannot be written, or the folder is a file", async () => {
        for (const [evidence, code] of [
            ["records", "EVIDENCE_FILE_UNUSABLE"],
            ["Pulumi.yaml", "FOLDER_UNUSABLE"],
        ] as const) {
            const options = world();
            mkdirSync(path.join(options.directory, "records"));
            writeFileSync(path.join(options.directory, "records", "carol.carol-id.json"), "a shopping list");
            const argv = ["destroy", "--all", "--yes", "--evidence", evidence];
            const { context, exitCode } = await play(argv, options);
            expect([exitCode, context.aws.changes]).to.deep.equal([2, []]);
            expect(context.io.err()).to.contain(code);
        }
    });

    const wrong: readonly (readonly [string, readonly string[]])[] = [
        ["neither a name nor --all", []],
        ["both", ["alice", "--all"]],
        ["--owner without --all", ["alice", "--owner", "me"]],
        ["--older-than without --all", ["alice", "--older-than", "7d"]],
        ["an --owner that nobody has named", ["--all", "--owner", ""]],
        ["an --evidence that nobody has named", ["--all", "--evidence", " "]],
        ["no duration", ["--all", "--older-than", "old"]],
    ];
    for (const [what, argv] of wrong) {
        it(`refuses ${what}, and asks nobody anything: exit code 2`, async () => {
            const { exitCode, context } = await play(["destroy", ...argv, "--yes"], world());
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain("(USAGE, exit code 2)");
            expect(context.calls).to.deep.equal([]);
        });
    }
});

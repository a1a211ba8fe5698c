import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { cluster, registered } from "../../../helpers/awsObjects";
import { createFakeAws } from "../../../helpers/fakeAws";
import type { FakeContextOptions } from "../../../helpers/fakes";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { account, clusterArn, lost, lostId, over, remove, world } from "./orphansCase";

describe("orphans", () => {
    afterEach(removeFolders);

    it("lists whose everything is, and what is there of those that no state here knows; changes nothing", async () => {
        const { exitCode, transcript, context } = await play(["orphans", "--region", "us-east-1"], world());
        expect(exitCode).to.equal(0);
        expectGolden("cli/orphans.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("looks in every region that is switched on, each with its own", async () => {
        const elsewhere = createFakeAws({ ...account(), region: "eu-west-1" });
        const { context } = await play(["orphans", "--all-regions", "-o", "json"], {
            ...world(),
            aws: {
                region: "us-east-1",
                regions: ["eu-west-1", "us-east-1"],
                elsewhere: { "eu-west-1": elsewhere },
            },
        });
        const { environments } = JSON.parse(context.io.out()) as {
            environments: { environment: string; region: string; state: string }[];
        };
        expect(
            environments.map(({ environment, region, state }) => [environment, region, state]),
        ).to.deep.equal([
            ["dev", "eu-west-1", "here"],
            ["lost", "eu-west-1", "none"],
        ]);
    });

    it("says of one environment alone that there is nothing of it, and refuses what is no name of one", async () => {
        const other = await play(["orphans", "nobody"], world());
        expect([other.exitCode, other.context.io.out()]).to.deep.equal([
            0,
            "nothing of nobody in account 123456789012, us-east-1\n",
        ]);
        const none = await play(["orphans", ""], world());
        expect([none.exitCode, none.context.io.out()]).to.deep.equal([2, ""]);
    });

    it("takes a role for what it says, not for an environment of every region", async () => {
        const roles = account().roles ?? {};
        const inRegion = async (region: string) =>
            (
                await play(["orphans", "--region", region], { ...world(), aws: { region, roles } })
            ).context.io.out();
        expect(await inRegion("us-east-1")).to.contain("iam:role sles-ecs-lost-us-east-1");
        expect(await inRegion("eu-west-1")).to.contain("nothing of sles-ecs");
    });

    it("says what it may not look for, and is not done: exit code 7", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to call iam:ListRoles" });
        const { exitCode, context } = await play(["orphans", "--region", "us-east-1"], {
            ...world(),
            aws: { ...account(), errors: { "iam.tagged": denied } },
        });
        expect(exitCode).to.equal(7);
        expect(context.io.err()).to.contain(
            "could not look for IAM roles and instance profiles in us-east-1: not allowed to call iam:ListRoles",
        );
    });
});

describe("orphans --remove", () => {
    afterEach(removeFolders);

    it("removes by its id what no state here knows, with plan, question and evidence, and nothing of others", async () => {
        const options = world({ answers: [true] });
        const { exitCode, transcript, context } = await play(
            ["orphans", "--region", "us-east-1", "--remove", "--id", lostId, "--evidence", "lost.json"],
            options,
        );
        expect(exitCode, context.io.err()).to.equal(0);
        expectGolden("cli/orphans-remove.txt", transcript);
        expect(context.aws.changes).to.deep.equal([
            "setDesiredCount web 0",
            "deleteService web",
            "remove i-1",
            // EC2 terminates it while nothing speaks for its agent.
            `deregister ${registered(1).arn}`,
            `removeCluster ${clusterArn}`,
            `removeRole sles-ecs-lost-us-east-1-${lostId.slice(0, 8)}`,
        ]);
        const { volumes, clusters } = context.aws.state;
        expect(volumes.map(({ id }) => id)).to.deep.equal(["vol-1"]);
        expect(clusters.map(({ name }) => name)).to.deep.equal(["dev", "foreign"]);
        const evidence = JSON.parse(
            readFileSync(path.join(options.directory, "lost.json"), "utf8"),
        ) as object;
        expect(evidence).to.include({
            ...{ verb: "orphans", verdict: "gone", stackId: lostId, environment: "lost" },
        });
    });

    const otherOwner = { ...over, "sles-ecs:expires-at": "2026-11-23T12:00:00Z" };
    const otherProject = { ...lost, "sles-ecs:stack": "organization/shop/lost" };
    const refusals: readonly (readonly [
        string,
        readonly string[],
        Partial<FakeContextOptions>,
        string,
        number,
    ])[] = [
        ["what a state here knows", ["--id", "dev-id"], {}, "a state of this backend knows it", 2],
        [
            "anything while a state here cannot be read",
            ["--id", lostId],
            {
                summaries: [{ name: "broken", updateInProgress: false, current: false }],
                stacks: { broken: { errors: { open: new AppError("STATE_CORRUPT", { message: "cut" }) } } },
            },
            "the state of broken cannot be read",
            2,
        ],
        [
            "what a stack of a program of one's own knows, by whatever name",
            ["--id", lostId],
            {
                summaries: [
                    {
                        ...{ name: "shop", updateInProgress: false, current: false, otherIds: [lostId] },
                        ofOwnProgram: true,
                    },
                ],
            },
            "the stack shop of this backend knows it, which a program of your own has made",
            2,
        ],
        [
            "another project's",
            ["--id", lostId],
            {
                aws: {
                    ...account(),
                    clusters: [cluster({ name: "lost", arn: clusterArn, tags: otherProject })],
                    roles: {},
                    instances: [],
                    volumes: [],
                },
            },
            "it is of project shop",
            2,
        ],
        [
            "what somebody else's lease keeps",
            ["--id", lostId],
            { aws: account(otherOwner) },
            "it lives until 2026-11-23T12:00:00Z, by the lease of bob",
            2,
        ],
        [
            "what somebody else has told to stay",
            ["--id", lostId],
            { aws: account({ ...over, "sles-ecs:expires-at": "never" }) },
            "it is to stay, by the lease of bob",
            2,
        ],
        ["an id that nothing carries", ["--id", "none"], {}, "nothing carries the stack id none", 3],
        ["when nothing says what", [], {}, "--remove needs to be told what", 2],
        [
            "with --yes and a name alone",
            ["lost", "--yes"],
            { aws: account({}) },
            "--yes answers for an id",
            2,
        ],
        [
            "what may not be seen whole",
            ["--id", lostId],
            {
                aws: {
                    ...account(),
                    errors: { "ecs.capacityProviders": new AppError("AWS_ACCESS_DENIED", { message: "no" }) },
                },
            },
            "AWS_ACCESS_DENIED",
            1,
        ],
    ];
    for (const [what, argv, changes, message, code] of refusals) {
        it(`refuses ${what}, and changes nothing: exit code ${code}`, async () => {
            const { exitCode, context } = await remove(
                ["--yes", ...argv].filter((word, index, all) => all.indexOf(word) === index),
                changes,
            );
            expect(context.io.err()).to.contain(message);
            expect(exitCode).to.equal(code);
            expect(context.aws.changes).to.deep.equal([]);
        });
    }

    it("takes a name where its lease is over, or a person answers who is told account, stack and id", async () => {
        expect((await remove(["lost", "--yes"])).exitCode).to.equal(0);
        const { exitCode, context } = await remove(["lost"], { aws: account({}), answers: [true] });
        expect(exitCode).to.equal(0);
        expect(context.io.questions[0])
            .to.contain(lostId)
            .and.to.contain("organization/sles-ecs/lost")
            .and.to.contain("account 123456789012, region us-east-1");
    });

    it("goes by the states once more after the consent: what has come back meanwhile stays", async () => {
        const options = world();
        const summaries = [...(options.summaries ?? [])];
        const stacks: Record<string, object> = { dev: {} };
        const { exitCode, context } = await play(
            ["orphans", "--region", "us-east-1", "--remove", "--id", lostId],
            {
                ...options,
                summaries,
                stacks,
                answers: [true],
                onQuestion: () =>
                    summaries.push({ name: "lost", stackId: lostId, updateInProgress: true, current: false }),
            },
        );
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("a state of this backend knows it");
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("deletes kept volumes only by their ids, and none that is attached or whose environment a state knows", async () => {
        const { exitCode, context } = await remove(["--volume", "vol-1", "--yes"]);
        expect(exitCode).to.equal(0);
        expect(context.aws.changes).to.deep.equal(["remove vol-1"]);
        const volume = {
            id: "vol-1",
            sizeGiB: 100,
            isFree: true,
            tags: { ...lost, "sles-ecs:keep": "true" },
        };
        for (const other of [
            { ...volume, isFree: false },
            { ...volume, tags: { ...tagsOf("dev"), "sles-ecs:keep": "true" } },
        ]) {
            const refused = await remove(["--volume", "vol-1", "--yes"], {
                aws: { ...account(), volumes: [other] },
            });
            expect(refused.exitCode).to.equal(2);
            expect(refused.context.aws.changes).to.deep.equal([]);
        }
    });
});

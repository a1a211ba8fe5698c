import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { cluster, instance, registered, service, task } from "../../../helpers/awsObjects";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { tagsOf } from "../../../helpers/fakeWorld";
import { expectGolden } from "../../../helpers/golden";
import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { clusterArn, job, occupied, stack } from "../../teardown/destroyCase";

import { account, lostId, world } from "../orphans/orphansCase";

describe("evidence check", () => {
    afterEach(removeFolders);

    /** A folder with nothing but the record of the destroy of dev, whose volume vol-1 is kept. */
    async function afterDestroy(change: (text: string) => string = (text) => text): Promise<string> {
        const project = makeProject();
        await play(["destroy", "dev", "--yes", "--evidence", "dev.json"], {
            directory: project,
            stacks: { dev: stack },
            aws: occupied(),
        });
        const text = readFileSync(path.join(project, "dev.json"), "utf8");
        const folder = makeFolder();
        writeFileSync(path.join(folder, "dev.json"), change(text));
        return folder;
    }

    const kept = {
        id: "vol-1",
        sizeGiB: 100,
        isFree: true,
        tags: { ...tagsOf("dev"), "sles-ecs:keep": "true" },
    };
    const check = async (aws: Partial<FakeAwsState>, argv: readonly string[] = []) =>
        play(["evidence", "check", "dev.json", ...argv], {
            directory: await afterDestroy(),
            aws: { region: "us-east-1", volumes: [kept], ...aws },
        });

    it("ends with code 0 while all is gone and what was kept is there; asks in the record's region, and changes nothing", async () => {
        const { exitCode, transcript, context } = await check({});
        expect(exitCode).to.equal(0);
        expectGolden("cli/evidence-check.txt", transcript);
        expect(context.places).to.deep.equal([{ region: "us-east-1" }]);
        expect(context.aws.changes).to.deep.equal([]);
        expect(context.calls).to.deep.equal(["aws reads"]);
    });

    it("gives scripts what AWS says", async () => {
        const { context } = await check({}, ["-o", "json"]);
        const { checkedAt, ...rest } = JSON.parse(context.io.out()) as Record<string, unknown>;
        expect(checkedAt).to.equal("2026-11-23T10:00:00.000Z");
        expect(rest).to.deep.include({
            version: 1,
            environment: "dev",
            stackId: "dev-id",
            there: [],
            keptGone: [],
            unseen: [],
        });
    });

    const own = tagsOf("dev");
    const inEcs = (what: string): string => `arn:aws:ecs:us-east-1:123456789012:${what}`;
    const returned: readonly (readonly [string, Partial<FakeAwsState>, string])[] = [
        ["the cluster", { clusters: [cluster({ name: "dev", arn: clusterArn, tags: own })] }, clusterArn],
        [
            "the cluster without its tags",
            { clusters: [cluster({ name: "dev", arn: clusterArn, tags: {} })] },
            clusterArn,
        ],
        [
            "a host without its tags",
            { instances: [instance(1, { instanceId: "i-0a1b2c3d4e5f60718", tags: {} })] },
            "i-0a1b2c3d4e5f60718",
        ],
        ["a role without its tags", { roles: { "sles-ecs-dev": {} } }, "sles-ecs-dev"],
        ["a task", { tasks: { dev: [task("t-9", "family:job", { arn: job })] } }, job],
        [
            "a service",
            { services: { dev: [service("web", { arn: inEcs("service/dev/web") })] } },
            inEcs("service/dev/web"),
        ],
        [
            "a container instance",
            {
                containerInstances: {
                    dev: [registered(1, { arn: inEcs("container-instance/dev/of-i-0a1b2c3d4e5f60718") })],
                },
            },
            inEcs("container-instance/dev/of-i-0a1b2c3d4e5f60718"),
        ],
        ["a volume", { volumes: [kept, { id: "vol-2", sizeGiB: 50, tags: {} }] }, "vol-2"],
        [
            "what the record does not know and carries the id",
            { ec2Resources: [{ id: "sg-9", type: "security-group", leaving: false }] },
            "sg-9",
        ],
    ];
    for (const [what, aws, id] of returned) {
        it(`names ${what}: exit code 7`, async () => {
            const { exitCode, context } = await check(aws);
            expect(exitCode).to.equal(7);
            expect(context.io.err())
                .to.match(new RegExp(`there: .*\\(${id}\\)`))
                .and.to.contain("EVIDENCE_REFUTED");
        });
    }

    it("goes on with a destroy that came to no end, and has nobody delete by hand what stands", async () => {
        const directory = await afterDestroy((text) =>
            text
                .replace('"verdict": "gone"', '"verdict": "unfinished"')
                .replace('"finished": true', '"finished": false'),
        );
        const clusters = [cluster({ name: "dev", arn: clusterArn, tags: tagsOf("dev") })];
        const { exitCode, context } = await play(["evidence", "check", "dev.json"], {
            directory,
            aws: { region: "us-east-1", volumes: [kept], clusters },
        });
        expect(exitCode).to.equal(7);
        expect(context.io.err())
            .to.contain("Next: sles-ecs destroy dev --evidence dev.json\n")
            .and.not.contain("delete it in AWS");
    });

    it("goes on with a removal of an orphan that came to no end by its id: its name may be another's by now", async () => {
        const options = world();
        const record = path.join(options.directory, "lost.json");
        const removal = ["orphans", "--region", "us-east-1", "--remove", "--id", lostId, "--yes"];
        const { context: removing } = await play([...removal, "--evidence", "lost.json"], {
            ...options,
            aws: { ...account(), errors: { "ecs.removeCluster": new Error("cut off") } },
        });
        expect(JSON.parse(readFileSync(record, "utf8")), removing.io.err()).to.include({
            ...{ verb: "orphans", verdict: "unfinished" },
        });
        const { exitCode, context } = await play(["evidence", "check", "lost.json"], {
            ...{ directory: options.directory, aws: account() },
        });
        expect(exitCode).to.equal(7);
        expect(context.io.err()).to.contain(
            `Next: sles-ecs orphans --remove --id ${lostId} --region us-east-1 --evidence lost.json\n`,
        );
    });

    it("takes what has the names by now and another environment's id for somebody else's", async () => {
        const neighbours = { ...own, "sles-ecs:stack-id": "another" };
        const { exitCode, context } = await check({
            clusters: [cluster({ name: "dev", arn: clusterArn, tags: neighbours })],
            services: { dev: [service("web", { arn: inEcs("service/dev/web") })] },
            roles: { "sles-ecs-dev": neighbours },
        });
        expect(exitCode, context.io.err()).to.equal(0);
    });

    it("says what it may not look for, and that something kept is gone: exit code 7", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", {
            message: "not allowed to call ecs:DescribeServices",
        });
        const unseen = await check({ errors: { "ecs.services": denied } });
        expect(unseen.exitCode).to.equal(7);
        expect(unseen.context.io.err()).to.contain(`could not look for services: ${denied.message}`);
        const lost = await check({ volumes: [] });
        expect(lost.exitCode).to.equal(7);
        expect(lost.context.io.err()).to.contain("was kept, and is gone: ec2:volume dev-docker-1 (vol-1)");
    });

    it("asks no other account: exit code 2", async () => {
        const elsewhere = (text: string): string => text.replaceAll("123456789012", "999999999999");
        const { exitCode, context } = await play(["evidence", "check", "dev.json"], {
            directory: await afterDestroy(elsewhere),
            aws: { region: "us-east-1" },
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("AWS_ACCOUNT_MISMATCH").and.to.contain("999999999999");
        expect(context.aws.reads).to.deep.equal(["identity.caller"]);
    });

    const files: readonly (readonly [string, (text: string) => string, string])[] = [
        [
            "of another version",
            (text) => text.replace('"version": 1', '"version": 2'),
            "version: got 2, expected 1",
        ],
        ["that is no document of this program", () => "{}", "version: missing"],
        ["that is no JSON", () => "kept:\n", "no JSON"],
        [
            "whose form is another, with every path",
            (text) =>
                text
                    .replace('"accountId": "123456789012"', '"accountId": "1"')
                    .replace('"left": []', '"left": 0'),
            "accountId: expected the twelve digits of an account",
        ],
    ];
    for (const [what, change, problem] of files) {
        it(`refuses a file ${what}: exit code 2`, async () => {
            const { exitCode, context } = await play(["evidence", "check", "dev.json"], {
                directory: await afterDestroy(change),
            });
            expect(exitCode).to.equal(2);
            expect(context.io.err()).to.contain(problem).and.to.contain("EVIDENCE_UNREADABLE");
            expect(context.aws.reads).to.deep.equal([]);
        });
    }

    it("names the file that is not there: exit code 2", async () => {
        const { exitCode, context } = await play(["evidence", "check", "none.json"], {
            directory: makeFolder(),
        });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.contain("none.json").and.to.contain("there is no such file");
    });
});

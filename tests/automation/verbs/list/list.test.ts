import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { anHourAgo, inTwoHours, leased } from "../../lease/leaseCase";
import { expectGolden } from "../../../helpers/golden";
import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

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

    it("shows one whose state cannot be read among the others, and says why: exit code 0", async () => {
        const open = new AppError("STATE_CORRUPT", { message: "the state of old cannot be read" });
        const given = { directory: makeProject(files), summaries, stacks: { old: { errors: { open } } } };
        const { context, exitCode } = await play(["list"], given);
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.match(/^dev +up +12 /m);
        expect(context.io.out()).to.match(/^old +unreadable +- +2026-10-01T08:00:00Z/m);
        expect(context.io.err()).to.contain(
            "warning: the state of old cannot be read (STATE_CORRUPT); what to do about it: sles-ecs status old\n",
        );
        const json = await play(["list", "-o", "json"], given);
        const { environments } = JSON.parse(json.context.io.out()) as { environments: { name: string }[] };
        const old = environments.find(({ name }) => name === "old");
        expect(old).to.include({
            exists: true,
            unreadable: "the state of old cannot be read (STATE_CORRUPT)",
        });
        expect(old).to.not.have.property("resourceCount");
    });

    describe("of environments with a lease", () => {
        const settings = "config:\n  sles-ecs:basedOn: dev\n  sles-ecs:lease: {ttl: 8h}\n";
        const options = () => {
            const all = leased({
                alice: { expiresAt: inTwoHours },
                bob: { expiresAt: anHourAgo, owner: "bob" },
                carol: { expiresAt: "never", owner: "carol" },
                dave: { expiresAt: "soon" },
                erin: { expiresAt: inTwoHours, stack: { lease: undefined } },
            });
            const names = ["alice", "bob", "dave"];
            const directory = makeProject(
                Object.fromEntries(names.map((name) => [`Pulumi.${name}.yaml`, settings])),
            );
            return { ...all, directory };
        };

        it("tells whose they are and when they end, with settings here or not, by one query a place", async () => {
            const { transcript, context } = await play(["list"], options());
            expectGolden("cli/list-leases.txt", transcript);
            // Their states are of one region, whether or not their settings say so.
            expect(context.aws.reads.filter((read) => read === "ecs.clusters")).to.have.length(1);
        });

        it("gives scripts the same", async () => {
            const { context } = await play(["list", "-o", "json"], options());
            expectGolden("cli/list-leases.json", context.io.out());
        });

        it("lists them all the same where AWS does not answer, and says so", async () => {
            const { directory, ...rest } = options();
            const error = new AppError("AWS_UNREACHABLE", { message: "AWS does not answer" });
            const { context, exitCode } = await play(["list"], {
                ...rest,
                directory,
                aws: { ...rest.aws, errors: { "ecs.clusters": error } },
            });
            expect(exitCode).to.equal(0);
            expect(context.io.out()).to.match(/^alice +up +9/m);
            expect(context.io.err()).to.contain("warning: could not ask AWS for leases: AWS does not answer");
        });

        it("asks AWS nothing where none has a lease or a cluster", async () => {
            const { context } = await play(["list"], { directory: makeProject(files), summaries });
            expect(context.aws.reads).to.deep.equal([]);
        });
    });

    it("tells which are paused, with a lease or without, by one query of their place", async () => {
        const paused = { "sles-ecs:paused": "2026-11-23T08:00:00Z" };
        const never = { expiresAt: "never", stack: { lease: undefined } };
        const { context, exitCode } = await play(
            ["list"],
            leased({
                alice: { expiresAt: inTwoHours, tags: paused },
                bob: { ...never, tags: { ...paused, "sles-ecs:expires-at": "", "sles-ecs:owner": "" } },
                carol: { ...never },
                // Its name is that of a cluster of somebody else's.
                dave: { ...never, tags: { ...paused, "sles-ecs:stack-id": "another" } },
            }),
        );
        expect(exitCode).to.equal(0);
        const states = context.io.out().matchAll(/^(alice|bob|carol|dave) +(\w+)/gm);
        expect([...states].map(([, name, state]) => [name, state])).to.deep.equal([
            ["alice", "paused"],
            ["bob", "paused"],
            ["carol", "up"],
            ["dave", "up"],
        ]);
        expect(context.aws.reads.filter((read) => read.startsWith("ecs."))).to.deep.equal(["ecs.clusters"]);
    });

    it("tells which are paused where none has a lease, and asks nothing else", async () => {
        const tags = { "sles-ecs:paused": "2026-11-23T08:00:00Z" };
        const options = leased({ bob: { expiresAt: "never", tags, stack: { lease: undefined } } });
        const { context } = await play(["list", "-o", "json"], options);
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ name: "bob", paused: true });
        expect(context.aws.reads).to.deep.equal(["ecs.clusters"]);
        const error = new AppError("AWS_CREDENTIALS_MISSING", { message: "no AWS credentials" });
        const alone = await play(["list"], { ...options, aws: { errors: { "ecs.clusters": error } } });
        expect([alone.exitCode, alone.context.io.err()]).to.deep.equal([
            0,
            "warning: could not ask AWS what is paused: no AWS credentials\n",
        ]);
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

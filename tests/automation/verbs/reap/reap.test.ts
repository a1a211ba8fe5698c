import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { service } from "../../../helpers/awsObjects";
import { expectGolden } from "../../../helpers/golden";
import { ann, lockOf } from "../../../helpers/fakeLock";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { anHourAgo, inTwoHours, leased } from "../../lease/leaseCase";

describe("reap", () => {
    afterEach(removeFolders);

    const team = {
        alice: { expiresAt: anHourAgo },
        bob: { expiresAt: inTwoHours, owner: "bob" },
        carol: { expiresAt: "never", owner: "carol" },
        dave: { expiresAt: "soon", owner: "dave" },
        erin: { expiresAt: "2026-11-23T09:59:59Z", owner: "erin" },
    };

    it("destroys what is over and nothing else, after a yes", async () => {
        const { transcript, context, exitCode } = await play(["reap"], {
            ...leased(team),
            answers: [true, true],
        });
        // dave's lease wants somebody to look at it.
        expect(exitCode).to.equal(1);
        expectGolden("cli/reap.txt", transcript);
        const destroyed = context.aws.state.clusters.filter(({ status }) => status === "INACTIVE");
        expect(destroyed.map(({ name }) => name)).to.deep.equal(["alice", "erin"]);
    });

    it("only tells with --dry-run", async () => {
        const { transcript, context } = await play(["reap", "--dry-run"], leased(team));
        expectGolden("cli/reap-dry-run.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
        expect(context.calls.filter((call) => call.startsWith("engine destroy"))).to.deep.equal([]);
    });

    it("gives scripts the outcome of each", async () => {
        const { context } = await play(["reap", "--yes", "-o", "json"], leased(team));
        expectGolden("cli/reap.json", context.io.out());
    });

    it("asks before it destroys: a no is exit code 6, nobody to ask is 2", async () => {
        const declined = await play(["reap"], { ...leased({ alice: team.alice }), answers: [false] });
        expect(declined.exitCode).to.equal(6);
        expect(declined.context.aws.changes).to.deep.equal([]);
        const alone = await play(["reap"], { ...leased(team), answers: undefined });
        expect(alone.exitCode).to.equal(2);
        expect(alone.context.aws.changes).to.deep.equal([]);
    });

    it("goes by the state where there was no cluster yet: a first update that was killed has an end too", async () => {
        const role = { type: "aws:iam/role:Role", name: "sles-ecs-instance-role", id: "r" };
        const alice = {
            expiresAt: inTwoHours,
            lease: { expiresAt: anHourAgo },
            stack: { resources: [role], outputs: {} },
        };
        const { context } = await play(
            ["reap", "--yes", "-o", "json"],
            leased({ alice }, { clusters: [], instances: [] }),
        );
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "destroyed" });
    });

    it("destroys nothing whose cluster is gone, or has lost the tags that tell whose it is: exit code 1", async () => {
        const lease = { expiresAt: anHourAgo };
        const host = { type: "aws:ec2/instance:Instance", name: "sles-ecs-hosts-1", id: "i-1" };
        for (const options of [
            leased({ alice: { expiresAt: anHourAgo, lease } }, { clusters: [] }),
            leased({ alice: { expiresAt: anHourAgo, lease, tags: { "sles-ecs:stack-id": "a-neighbour" } } }),
            leased({ alice: { expiresAt: "never", lease, tags: { "sles-ecs:stack-id": "" } } }),
            // As a refresh leaves a state whose cluster somebody has deleted.
            leased(
                { alice: { expiresAt: "never", lease, stack: { resources: [host], outputs: {} } } },
                { clusters: [] },
            ),
        ]) {
            const { context, exitCode } = await play(["reap", "--yes", "-o", "json"], options);
            const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
            expect(environments[0]).to.include({ outcome: "unreadable" });
            expect(exitCode).to.equal(1);
            expect(context.aws.changes).to.deep.equal([]);
        }
    });

    it("says why where it has to stop, and keeps nobody else from going on", async () => {
        const options = leased({ alice: team.alice });
        const error = new AppError("AWS_ACCESS_DENIED", { message: "not you" });
        const { context, exitCode } = await play(["reap", "--yes", "-o", "json"], {
            ...options,
            aws: {
                ...options.aws,
                services: { alice: [service("web")] },
                errors: { "ecs.setDesiredCount": error, "ecs.deleteService": error },
            },
        });
        expect(exitCode).to.equal(1);
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "failed", reason: "not you (AWS_ACCESS_DENIED)" });
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    it("says so in another account or region, and takes nothing there for the environment's: exit code 1", async () => {
        const options = leased({ alice: team.alice });
        const outputs = {
            clusterName: "alice",
            clusterArn: "arn:aws:ecs:us-east-1:999999999999:cluster/alice",
        };
        const { context, exitCode } = await play(["reap", "--yes"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], outputs } },
        });
        expect(exitCode).to.equal(1);
        expect(context.io.out()).to.contain("AWS_ACCOUNT_MISMATCH");
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("stays with --watch, and looks again after what passes by itself", async () => {
        const options = leased({ bob: team.bob });
        const controller = new AbortController();
        let looks = 0;
        const { context, exitCode } = await play(["reap", "--watch", "--yes", "--every", "10m"], {
            ...options,
            listError: new AppError("BACKEND_UNREACHABLE", { message: "no way to the bucket" }),
            signal: controller.signal,
            onSleep: () => (looks += 1) === 3 && controller.abort(),
        });
        expect(context.io.err()).to.contain(
            "no way to the bucket (BACKEND_UNREACHABLE); looking again in 10 min",
        );
        expect(context.calls.filter((call) => call === "engine list").length).to.be.greaterThan(1);
        expect(exitCode).to.equal(130);
    });

    it("refuses --watch without --yes, for nobody is there to ask: exit code 2", async () => {
        expect((await play(["reap", "--watch"], leased(team))).exitCode).to.equal(2);
    });

    it("refuses to look again without a pause: exit code 2", async () => {
        const { context, exitCode } = await play(["reap", "--watch", "--yes", "--every", "0s"], leased(team));
        expect(context.io.err()).to.contain('--every is no time at all: got "0s", expected more than 0');
        expect([exitCode, context.calls]).to.deep.equal([2, []]);
    });

    it("leaves to others what they work on: exit code 0", async () => {
        const options = leased({ alice: team.alice });
        const errors = { requireWorkable: new AppError("LOCKED", { message: "locked by pid 1 on host" }) };
        const { context, exitCode } = await play(["reap", "--yes", "-o", "json"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], errors } },
        });
        expect(exitCode).to.equal(0);
        const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
        expect(environments[0]).to.include({ outcome: "busy" });
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("leaves a lock whose holder was heard of lately, and wants somebody to look at one that fell silent", async () => {
        const parameters = lockOf("alice", ann);
        for (const [minutesAgo, outcome, code] of [
            [9, "busy", 0],
            [11, "failed", 1],
        ] as const) {
            const options = leased({ alice: team.alice }, { parameters });
            const { context, exitCode } = await play(["reap", "--yes", "-o", "json"], {
                ...options,
                aws: { ...options.aws, parametersChangedMinutesAgo: minutesAgo },
            });
            const { environments } = JSON.parse(context.io.out()) as { environments: object[] };
            expect(environments[0]).to.include({ outcome });
            expect(exitCode).to.equal(code);
            expect(context.io.out()).to.contain(`last heard of ${minutesAgo * 60} s ago`);
            expect(context.aws.changes).to.deep.equal([]);
        }
    });

    it("goes on with the others where one cannot be looked at: exit code 1", async () => {
        const options = leased({ alice: team.alice, broken: team.alice });
        const errors = { open: new AppError("STATE_CORRUPT", { message: "the state file is cut" }) };
        const { transcript, exitCode } = await play(["reap", "--yes"], {
            ...options,
            stacks: { ...options.stacks, broken: { errors } },
        });
        expect(exitCode).to.equal(1);
        expectGolden("cli/reap-broken.txt", transcript);
    });

    it("says so where nothing has a lease", async () => {
        const { context, exitCode } = await play(["reap"], leased({}));
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.equal("no environment has a lease\n");
    });
});

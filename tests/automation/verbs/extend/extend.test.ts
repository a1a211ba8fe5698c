import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { expectGolden } from "../../../helpers/golden";
import { ann, lockOf } from "../../../helpers/fakeLock";
import { removeFolders } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";
import { anHourAgo, inTwoHours, leased, type LeasedEnvironment } from "../../lease/leaseCase";

describe("extend", () => {
    afterEach(removeFolders);

    const extend = (environment: LeasedEnvironment, by = "4h", ...more: string[]): Promise<Played> =>
        play(["extend", "alice", by, ...more], leased({ alice: environment }));

    it("moves the end and the schedules, and has the state know, without any settings", async () => {
        const { transcript, context } = await extend({ expiresAt: inTwoHours });
        expectGolden("cli/extend.txt", transcript);
        expect(context.calls.filter((call) => call !== "aws reads")).to.deep.equal([
            "engine open alice",
            "engine requireWorkable",
            // An hour of grace, by what the first update has put into the state.
            "aws moveSchedules sles-ecs-alice ENABLED at(2026-11-23T17:00:00)",
            'aws tagCluster {"sles-ecs:owner":"alice","sles-ecs:expires-at":"2026-11-23T16:00:00Z"}',
            "engine refresh targets=**aws:ecs/cluster:Cluster::**,**aws:scheduler/schedule:Schedule::**",
        ]);
    });

    it("lets its hours start the hosts until the new end, and no longer", async () => {
        const { context } = await extend({ expiresAt: inTwoHours });
        expect(context.aws.state.opensUntil).to.deep.equal({
            "sles-ecs-alice": new Date("2026-11-23T16:00:00Z"),
        });
    });

    it("gives scripts the same", async () => {
        const { context } = await extend({ expiresAt: inTwoHours }, "4h", "-o", "json");
        expect(JSON.parse(context.io.out())).to.deep.equal({
            version: 1,
            environment: "alice",
            owner: "alice",
            expiresAt: "2026-11-23T16:00:00Z",
            secondsLeft: 21_600,
        });
    });

    it("goes on from now where the end is over, or nobody can read it", async () => {
        for (const environment of [
            { expiresAt: anHourAgo },
            { expiresAt: "soon" },
            { expiresAt: "" },
            { expiresAt: inTwoHours, tags: { "sles-ecs:owner": "" } },
        ]) {
            const { context, exitCode } = await extend(environment, "4h", "-o", "json");
            expect(exitCode, environment.expiresAt).to.equal(0);
            expect(JSON.parse(context.io.out()), environment.expiresAt).to.include({
                owner: "alice",
                expiresAt: "2026-11-23T14:00:00Z",
            });
        }
    });

    it("refuses more than the longest time, from now on, and says how much it may be", async () => {
        const environment = { expiresAt: inTwoHours, lease: { longestTtlSeconds: 5 * 3600 } };
        const { transcript, exitCode, context } = await extend(environment);
        expect(exitCode).to.equal(2);
        expectGolden("cli/extend-too-long.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
        expect((await extend(environment, "3h")).exitCode).to.equal(0);
    });

    it("refuses what has no end: exit code 3", async () => {
        const { transcript, exitCode } = await extend({ expiresAt: "never" });
        expect(exitCode).to.equal(3);
        expectGolden("cli/extend-kept.txt", transcript);
        const none = await play(["extend", "alice", "4h"], {
            ...leased({ alice: { expiresAt: inTwoHours, stack: { lease: undefined } } }),
        });
        expect(none.exitCode).to.equal(3);
        expect(none.transcript).to.contain("alice has no lease: it stays until it is destroyed");
    });

    it("does not say that an environment stays whose first update ended before it made anything: exit code 3", async () => {
        const stack = { lease: undefined, resources: [], outputs: {}, empty: true };
        const { transcript, exitCode } = await extend({ expiresAt: inTwoHours, stack });
        expect(exitCode).to.equal(3);
        expect(transcript)
            .to.contain("nothing of alice is up")
            .and.not.contain("stays until it is destroyed");
    });

    it("refuses what somebody else works on, such as a reaper: exit code 4, and nothing is changed", async () => {
        const parameters = lockOf("alice", ann);
        const { transcript, exitCode, context } = await play(
            ["extend", "alice", "4h"],
            leased({ alice: { expiresAt: anHourAgo } }, { parameters }),
        );
        expect(exitCode).to.equal(4);
        expectGolden("cli/extend-locked.txt", transcript);
        expect(context.aws.changes).to.deep.equal([]);
        expect(context.aws.state.parameters).to.deep.equal(parameters);
    });

    it("changes nothing while somebody else works on the stack: exit code 4", async () => {
        const locked = new AppError("LOCKED", { message: "locked" });
        const stack = { errors: { requireWorkable: locked } };
        const options = leased({ alice: { expiresAt: inTwoHours } });
        const { exitCode, context } = await play(["extend", "alice", "4h"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], ...stack } },
        });
        expect(exitCode).to.equal(4);
        expect(context.aws.changes).to.deep.equal([]);
    });

    for (const by of ["0s", "-4h", "4", "1m foo", "soon"]) {
        it(`refuses a duration of ${by}: exit code 2`, async () => {
            const { exitCode, context } = await play(
                ["extend", "alice", "--", by],
                leased({ alice: { expiresAt: inTwoHours } }),
            );
            expect(exitCode).to.equal(2);
            expect(context.calls).to.deep.equal([]);
        });
    }

    it("knows no environment without a stack: exit code 3", async () => {
        expect((await play(["extend", "bob", "4h"], leased({}))).exitCode).to.equal(3);
    });
});

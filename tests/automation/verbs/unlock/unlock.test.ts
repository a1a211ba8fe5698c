import { expect } from "chai";

import { LockedError, type LockHolder } from "../../../../automation/errors/lockedError";
import { ownHolder } from "../../../../automation/lock/holder";
import { fakeContext, type FakeContextOptions } from "../../../helpers/fakes";
import { ann, lockOf } from "../../../helpers/fakeLock";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { inTwoHours, leased } from "../../lease/leaseCase";

const alice = { alice: { expiresAt: inTwoHours } };

function lockedBy(...holders: Parameters<typeof lockOf>[1][]): FakeContextOptions {
    return leased(alice, { parameters: lockOf("alice", ...holders) });
}

function withEngineLock(life: LockHolder["life"], options = leased(alice)): FakeContextOptions {
    const holder = { user: "bob", host: "ci", processId: 7, since: "2026-11-23T09:00:00Z", life };
    const errors = { requireUnlocked: new LockedError("alice", [holder]) };
    return { ...options, stacks: { alice: { ...options.stacks?.["alice"], errors } } };
}

describe("unlock", () => {
    afterEach(removeFolders);

    it("shows who holds the locks, asks, and takes them away", async () => {
        const { transcript, context, exitCode } = await play(
            ["unlock", "alice"],
            withEngineLock("unknown", lockedBy(ann)),
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/unlock.txt", transcript);
        expect(context.aws.state.parameters).to.deep.equal({});
        expect(context.calls).to.include("engine unlock");
    });

    it("changes nothing after a no, or where nobody can be asked", async () => {
        for (const [answers, expected] of [
            [[false], 6],
            [undefined, 2],
        ] as const) {
            const options = withEngineLock("unknown", lockedBy(ann));
            const { context, exitCode } = await play(["unlock", "alice"], { ...options, answers });
            expect(exitCode).to.equal(expected);
            expect(context.aws.state.parameters).to.deep.equal(lockOf("alice", ann));
            expect(context.calls).to.not.include("engine unlock");
        }
    });

    it("never takes the lock of a command that lives on this machine, even with --yes: exit code 4", async () => {
        const own = await ownHolder(fakeContext(leased(alice)), "up");
        const ours = await play(["unlock", "alice", "--yes"], lockedBy(own));
        expect(ours.exitCode).to.equal(4);
        expect(ours.context.io.err()).to.contain(`or end it: kill ${process.pid}`);
        expect(ours.context.aws.state.parameters).to.deep.equal(lockOf("alice", own));
        const engine = await play(["unlock", "alice", "--yes"], withEngineLock("alive"));
        expect(engine.exitCode).to.equal(4);
        expect(engine.context.calls).to.not.include("engine unlock");
    });

    it("says so where nothing is locked", async () => {
        const { context, exitCode } = await play(["unlock", "alice"], leased(alice));
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.equal("alice is not locked\n");
    });

    it("tells scripts whose locks they were", async () => {
        const { context } = await play(["unlock", "alice", "--yes", "-o", "json"], lockedBy(ann));
        const { unlocked } = JSON.parse(context.io.out()) as { unlocked: object[] };
        expect(unlocked[0]).to.include({ user: "ann", host: "build7", command: "destroy", life: "unknown" });
    });

    it("knows no environment without a stack: exit code 3", async () => {
        expect((await play(["unlock", "nobody"], leased(alice))).exitCode).to.equal(3);
    });
});

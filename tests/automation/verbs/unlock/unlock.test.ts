import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { LockHolder } from "../../../../automation/ports/lockHolder";
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
    return { ...options, stacks: { alice: { ...options.stacks?.["alice"], lockHolders: [holder] } } };
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

    it("takes away what a first up has left that was killed before there was a stack", async () => {
        const parameters = { "/sles-ecs/locks/organization/sles-ecs/nobody/1": JSON.stringify(ann) };
        const { context, exitCode } = await play(["unlock", "nobody", "--yes"], leased({}, { parameters }));
        expect(exitCode).to.equal(0);
        expect(context.aws.state.parameters).to.deep.equal({});
    });

    it("goes by an id where the state is gone, and leaves the lock of another environment of the name", async () => {
        const lost = { "/sles-ecs/locks/of-a-lost-state/1": JSON.stringify(ann) };
        const parameters = { ...lost, ...lockOf("alice", ann) };
        const { context, exitCode } = await play(
            ["unlock", "alice", "--id", "of-a-lost-state", "--region", "eu-west-1", "--yes"],
            leased(alice, { parameters }),
        );
        expect(exitCode).to.equal(0);
        expect(context.aws.state.parameters).to.deep.equal(lockOf("alice", ann));
        expect(context.calls).to.not.include("engine unlock");
    });

    it("takes the engine's lock away unseen where the backend does not show it, but asks", async () => {
        const options = leased(alice);
        const stacks = { alice: { ...options.stacks?.["alice"], lockHolders: undefined } };
        const alone = await play(["unlock", "alice"], { ...options, stacks, answers: undefined });
        expect(alone.exitCode).to.equal(2);
        const { context, exitCode } = await play(["unlock", "alice", "--yes"], { ...options, stacks });
        expect(exitCode).to.equal(0);
        expect(context.calls).to.include("engine unlock");
    });

    it("knows no environment without a stack: exit code 3", async () => {
        expect((await play(["unlock", "nobody"], leased(alice))).exitCode).to.equal(3);
    });

    it("takes the engine's lock off a state that is cut, and leads on to its restoring", async () => {
        const options = withEngineLock("unknown");
        const open = new AppError("STATE_CORRUPT", { message: "the state of alice cannot be read" });
        const stacks = { alice: { ...options.stacks?.["alice"], errors: { open } } };
        const { context, exitCode } = await play(["unlock", "alice"], { ...options, stacks });
        expect(exitCode).to.equal(0);
        expect(context.io.questions).to.deep.equal(["Unlock alice?"]);
        expect(context.io.err()).to.contain("held by bob on ci, process 7");
        expect(context.io.err()).to.contain("is cut: to restore it: sles-ecs state restore alice\n");
        expect(context.calls.filter((call) => call.includes("unlock"))).to.deep.equal(["engine unlock"]);
        const alive = withEngineLock("alive");
        const held = { alice: { ...alive.stacks?.["alice"], errors: { open } } };
        const refused = await play(["unlock", "alice", "--yes"], { ...alive, stacks: held });
        expect(refused.exitCode).to.equal(4);
        expect(refused.context.calls).to.not.include("engine unlock");
    });
});

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice } from "../../pause/pauseCase";
import { arnOf, besideBatch, stopsSlowly, toBatch, verbs } from "./moveCase";

describe("hosts move that does not come to its end", () => {
    afterEach(removeFolders);

    it("lets the host take tasks again where its tasks do not move, and does not touch its agent", async () => {
        const account = besideBatch();
        const argv = [...toBatch, "--yes", "--deadline", "1m"];
        const { exitCode, transcript } = await play(argv, onAlice(account, { tasksStay: true }));
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("it was not moved");
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal(["drain", "activate"]);
    });

    it("lets the host take tasks again where its command fails and takes all back, and shows what that said: exit code 1", async () => {
        const account = besideBatch({
            shell: () => ({
                status: "Failed",
                statusDetails: "Failed",
                exitCode: 1,
                errors: "the ECS agent did not stop\n",
            }),
        });
        const { exitCode, transcript } = await play([...toBatch, "--yes"], onAlice(account));
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("i-2: Failed: the ECS agent did not stop");
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal([
            ...["drain", "stopTask", "stopTask", "runShellScript", "activate"],
        ]);
    });

    it("tells the host nothing before all of its tasks have stopped, those of daemons among them", async () => {
        const seen: string[][] = [];
        const account = besideBatch();
        const join = account.state.shell;
        account.state.shell = (...told) => {
            seen.push(
                (account.state.tasks["alice"] ?? []).map(
                    ({ containerInstanceArn = "" }) => containerInstanceArn,
                ),
            );
            return join(...told);
        };
        const onSleep = stopsSlowly(account, 50);
        const { exitCode, context } = await play([...toBatch, "--yes"], onAlice(account, { onSleep }));
        expect(exitCode).to.equal(0);
        expect(seen).to.have.lengthOf(1);
        expect(seen[0]).to.include(arnOf("i-1"));
        expect(seen[0]).to.not.include(arnOf("i-2"));
        expect(context.clock.now().getTime() - new Date("2026-11-23T10:00:00Z").getTime()).to.be.least(
            50_000,
        );
        // Each is asked once, however long it takes.
        expect(account.changes.filter((change) => change.startsWith("stopTask"))).to.have.lengthOf(2);
    });

    it("tells the host nothing where a task does not stop, names it, and lets it take tasks again: exit code 5", async () => {
        const account = besideBatch();
        const onSleep = stopsSlowly(account, 9_999);
        const argv = [...toBatch, "--yes", "--deadline", "1m"];
        const { exitCode, transcript } = await play(argv, onAlice(account, { onSleep }));
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain("2 tasks on host i-2 did not stop within 1 min; nothing was sent to it")
            .and.to.contain("of service logs (e)");
        expect(verbs(account)).to.deep.equal(["drain", "stopTask", "stopTask", "activate"]);
    });

    it("moves no host whose agent is not connected while tasks run there: nobody could stop them", async () => {
        const account = besideBatch();
        account.state.containerInstances["alice"] = (account.state.containerInstances["alice"] ?? []).map(
            (one) => ({ ...one, agentConnected: one.instanceId !== "i-2" }),
        );
        const { exitCode, transcript } = await play([...toBatch, "--yes"], onAlice(account));
        expect(exitCode).to.equal(1);
        expect(transcript)
            .to.contain("is not connected to cluster alice, so that nobody stops the 3 tasks there")
            .and.to.contain("Next: sles-ecs hosts start-agent alice i-2");
        expect(account.changes).to.deep.equal([]);
    });

    for (const [what, end, isCancelled] of [
        ["could not be taken back", { status: "Failed", statusDetails: "Failed", exitCode: 3 }, false],
        ["was ended by SSM", { status: "TimedOut", statusDetails: "ExecutionTimedOut", exitCode: -1 }, false],
        ["is not over when nobody waits longer", { status: "InProgress", statusDetails: "InProgress" }, true],
    ] as const) {
        it(`leaves the host DRAINING where its command ${what}, and says how to go on: exit code 1`, async () => {
            const account = besideBatch({ shell: () => end });
            const { exitCode, transcript } = await play([...toBatch, "--yes"], onAlice(account));
            expect(exitCode).to.equal(1);
            expect(transcript)
                .to.contain("may or may not join cluster batch by now; it stays DRAINING in cluster alice")
                .and.to.contain("to bring it back: sles-ecs hosts move alice i-2 --to-cluster alice")
                .and.to.contain("Next: sles-ecs hosts move alice i-2 --to-cluster batch");
            expect(verbs(account).slice(3)).to.deep.equal([
                "runShellScript",
                ...(isCancelled ? ["cancelCommand"] : []),
            ]);
        });
    }

    it("cancels the command after Ctrl-C, and leaves the host DRAINING: exit code 130", async () => {
        const controller = new AbortController();
        const account = besideBatch({
            shell: () => {
                controller.abort();
                return { status: "InProgress", statusDetails: "InProgress" };
            },
        });
        const { exitCode, transcript } = await play(
            [...toBatch, "--yes"],
            onAlice(account, { signal: controller.signal }),
        );
        expect(exitCode).to.equal(130);
        expect(transcript)
            .to.contain("INTERRUPTED")
            .and.to.contain("it stays DRAINING in cluster alice")
            .and.to.contain("sles-ecs hosts move alice i-2 --to-cluster alice");
        expect(verbs(account).slice(3)).to.deep.equal(["runShellScript", "cancelCommand"]);
    });

    it("lets the host take tasks again where AWS takes no command for it", async () => {
        const account = besideBatch({
            errors: {
                "ssm.runShellScript": new AppError("AWS_ACCESS_DENIED", { message: "no SendCommand" }),
            },
        });
        const { transcript } = await play([...toBatch, "--yes"], onAlice(account));
        expect(transcript).to.contain("no SendCommand");
        expect(verbs(account).at(-1)).to.equal("activate");
    });

    it("shows why the move failed also where the host then takes no tasks again", async () => {
        const account = besideBatch({
            errors: {
                "ssm.runShellScript": new AppError("AWS_ACCESS_DENIED", { message: "no SendCommand" }),
                "ecs.activate": new AppError("AWS_FAILED", { message: "no UpdateContainerInstancesState" }),
            },
        });
        const { transcript } = await play([...toBatch, "--yes"], onAlice(account));
        expect(transcript)
            .to.contain("AWS_ACCESS_DENIED")
            .and.to.contain("i-2 may still be DRAINING: no UpdateContainerInstancesState");
    });

    it("says how it comes back where it does not get there in time: exit code 5", async () => {
        const account = besideBatch({ shell: () => ({}) });
        const { exitCode, transcript } = await play(
            [...toBatch, "--yes", "--timeout", "1m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain("was told to join cluster batch, and is not connected there after 1 min")
            .and.to.contain("sles-ecs hosts move alice i-2 --to-cluster alice")
            .and.to.contain("Next: sles-ecs hosts logs alice i-2");
        expect(account.changes.some((change) => change.startsWith("deregister"))).to.equal(false);
    });
});

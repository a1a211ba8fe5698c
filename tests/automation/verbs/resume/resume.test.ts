import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { FakeAwsState } from "../../../helpers/fakeAws";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import {
    agent,
    changing,
    groupOfAlice,
    killAfter,
    onAlice,
    paused,
    runningAlice,
    whatRuns,
} from "../../pause/pauseCase";

describe("resume", () => {
    afterEach(removeFolders);

    it("starts the hosts, lets them take tasks, and gives services back what they had: tags go last", async () => {
        const before = whatRuns(runningAlice());
        const account = await paused(runningAlice);
        const { transcript, context, exitCode } = await play(["resume", "alice"], onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/resume.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "engine requireWorkable",
            "aws start i-1,i-2",
            "aws activate arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-i-1,arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-i-2",
            "aws setDesiredCount web 2",
            "aws setDesiredCount worker 1",
            // What was suspended before the pause stays so.
            "aws setSuspended service/alice/worker scheduled",
            "aws untagService web sles-ecs:paused-count",
            "aws untagService worker sles-ecs:paused-count",
            "aws untagCluster sles-ecs:paused",
        ]);
        expect(whatRuns(account)).to.deep.equal(before);
    });

    /** The group starts a host as soon as it may have some again. */
    const launching = (_: number, state: FakeAwsState): void => {
        if ((state.groups[0]?.max ?? 0) > 0) {
            const isThere = state.instances.some(({ instanceId }) => instanceId === "i-9");
            const [old] = state.instances;
            if (!isThere && old !== undefined) {
                state.instances = ["i-9", "i-10"].map((instanceId) => ({
                    ...old,
                    instanceId,
                    state: "running",
                }));
                Object.assign(state.groups[0] ?? {}, { instanceIds: ["i-9", "i-10"] });
                state.containerInstances["alice"] = ["i-9", "i-10"].map(agent);
            }
        }
    };

    it("gives a group its sizes back", async () => {
        const account = await paused(groupOfAlice);
        const { exitCode, transcript } = await play(
            ["resume", "alice"],
            onAlice(account, { onSleep: launching }),
        );
        expect(exitCode, transcript).to.equal(0);
        expect(account.changes).to.include("resize sles-ecs-alice 1 3 2");
        expect(
            account.state.services["alice"]?.map(({ desired, running }) => [desired, running]),
        ).to.deep.equal([
            [2, 2],
            [1, 1],
            [2, 2],
        ]);
        expect(account.state.clusters[0]?.tags).to.not.have.property("sles-ecs:paused");
    });

    it("undoes a pause that was killed at any point", async () => {
        const before = whatRuns(runningAlice());
        const whole = await paused(runningAlice);
        for (let count = 1; count < whole.changes.length; count += 1) {
            const account = runningAlice();
            const revive = killAfter(account, count);
            await play(["pause", "alice", "--yes"], onAlice(account));
            revive();
            const { exitCode, transcript } = await play(["resume", "alice"], onAlice(account));
            expect(exitCode, `after ${count} changes: ${transcript}`).to.equal(0);
            expect(whatRuns(account), `after ${count} changes`).to.deep.equal(before);
        }
    });

    it("is taken up again after a kill at any point", async () => {
        const before = whatRuns(runningAlice());
        const whole = await paused(runningAlice);
        const sofar = whole.changes.length;
        await play(["resume", "alice"], onAlice(whole));
        for (let count = 0; count < whole.changes.length - sofar; count += 1) {
            const account = await paused(runningAlice);
            const revive = killAfter(account, count);
            expect((await play(["resume", "alice"], onAlice(account))).exitCode).to.equal(1);
            revive();
            const { exitCode, transcript } = await play(["resume", "alice"], onAlice(account));
            expect(exitCode, `after ${count} changes: ${transcript}`).to.equal(0);
            expect(whatRuns(account), `after ${count} changes`).to.deep.equal(before);
        }
    });

    it("lets its hours come again that pause has switched off before it stopped anything", async () => {
        const account = runningAlice();
        const options = { hasHours: true };
        await play(["pause", "alice", "--yes"], onAlice(account, options));
        expect(account.changes.slice(0, 2)).to.deep.equal([
            'tagCluster {"sles-ecs:paused":"2026-11-23T10:00:00Z"}',
            "switchHours sles-ecs-alice DISABLED",
        ]);
        const made = account.changes.length;
        expect((await play(["resume", "alice"], onAlice(account, options))).exitCode).to.equal(0);
        expect(account.changes[made]).to.equal("switchHours sles-ecs-alice ENABLED");
        expect(account.state.hours).to.deep.equal({ "sles-ecs-alice": "ENABLED" });
    });

    it("lets its hours come again in a cluster of somebody else's, after a pause that was killed at once", async () => {
        const account = runningAlice({ tasks: {} });
        const options = { hasHours: true, isAdopted: true };
        const revive = killAfter(account, 1);
        await play(["pause", "alice", "--yes"], onAlice(account, options));
        revive();
        expect((await play(["resume", "alice"], onAlice(account, options))).exitCode).to.equal(0);
        expect(account.state.hours).to.deep.equal({ "sles-ecs-alice": "ENABLED" });
    });

    it("says that nothing is paused, and changes nothing", async () => {
        const account = runningAlice();
        const { context, exitCode } = await play(["resume", "alice"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.equal("alice is not paused: there is nothing to bring back\n");
        expect(account.changes).to.deep.equal([]);
    });

    it("starts hosts of its own in a cluster of somebody else's, and touches nothing else", async () => {
        const account = runningAlice({ tasks: {} });
        await play(["pause", "alice", "--yes"], onAlice(account, { isAdopted: true }));
        const made = account.changes.length;
        const { exitCode } = await play(["resume", "alice"], onAlice(account, { isAdopted: true }));
        expect(exitCode).to.equal(0);
        expect(account.changes.slice(made).map((change) => change.split(" ")[0])).to.deep.equal([
            "start",
            "activate",
        ]);
    });

    it("goes on with the services where ECS has taken the mark off the cluster", async () => {
        const account = await paused(runningAlice);
        await account.aws.ecs.untagCluster(account.state.clusters[0]?.arn ?? "", ["sles-ecs:paused"]);
        expect((await play(["resume", "alice"], onAlice(account))).exitCode).to.equal(0);
        expect(whatRuns(account)).to.deep.equal(whatRuns(runningAlice()));
    });

    it("says which service has a count that nobody can read, and brings the others back", async () => {
        const account = await paused(runningAlice);
        const [web] = account.state.services["alice"] ?? [];
        await account.aws.ecs.tagService(web?.arn ?? "", { "sles-ecs:paused-count": "many" });
        const { transcript, exitCode } = await play(["resume", "alice"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(transcript).to.contain(
            'warning: service web stays at 0: its tag sles-ecs:paused-count cannot be read, got "many"',
        );
        expect(account.state.services["alice"]?.map(({ desired }) => desired)).to.deep.equal([0, 1, 2]);
    });

    it("names the services whose tasks do not run in time; the pause is over: exit code 5", async () => {
        const account = await paused(runningAlice);
        const options = onAlice(account, { tasksStay: true });
        const { transcript, exitCode } = await play(["resume", "alice", "--timeout", "1m"], options);
        expect(exitCode).to.equal(5);
        expectGolden("cli/resume-services-late.txt", transcript);
        expect(account.state.clusters[0]?.tags).to.not.have.property("sles-ecs:paused");
    });

    it("names the hosts that are not ready in time, leaves services as they are, and goes on by its next step: exit code 5", async () => {
        const account = await paused(groupOfAlice);
        const { exitCode, transcript } = await play(["resume", "alice", "--timeout", "1m"], onAlice(account));
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("NOT_READY").and.to.contain("Next: sles-ecs resume alice\n");
        expect(account.state.services["alice"]?.[0]).to.include({ desired: 0 });
        const again = await play(["resume", "alice"], onAlice(account, { onSleep: launching }));
        expect(again.exitCode, again.transcript).to.equal(0);
        expect(account.state.services["alice"]?.[0]).to.include({ desired: 2 });
    });

    it("has nothing more to do in a cluster of somebody else's whose hosts are not ready in time: wait waits", async () => {
        const account = runningAlice({ tasks: {} });
        await play(["pause", "alice", "--yes"], onAlice(account, { isAdopted: true }));
        // Somebody has deregistered a host meanwhile.
        account.state.containerInstances["alice"] = [agent("i-1")];
        const { exitCode, transcript } = await play(
            ["resume", "alice", "--timeout", "1m"],
            onAlice(account, { isAdopted: true }),
        );
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("NOT_READY").and.to.contain("Next: sles-ecs wait alice\n");
    });

    it("asks for up where nobody can read the sizes of the group: exit code 5", async () => {
        const account = await paused(groupOfAlice);
        await account.aws.ecs.tagCluster(account.state.clusters[0]?.arn ?? "", { "sles-ecs:paused": "soon" });
        const { transcript, exitCode } = await play(["resume", "alice"], onAlice(account));
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("Next: sles-ecs up alice");
    });

    it("starts nothing whose lease is over, for nothing would stop it again: exit code 1", async () => {
        const lease = { owner: "alice", expiresAt: "2026-11-23T09:00:00Z", graceSeconds: 3600 };
        const tags = { "sles-ecs:owner": "alice", "sles-ecs:expires-at": "2026-11-23T09:00:00Z" };
        const account = await paused(runningAlice);
        await account.aws.ecs.tagCluster(account.state.clusters[0]?.arn ?? "", tags);
        const made = account.changes.length;
        const { transcript, exitCode } = await play(["resume", "alice"], onAlice(account, { lease }));
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("Next: sles-ecs extend alice 8h");
        expect(account.changes).to.have.length(made);
    });

    it("changes nothing while somebody else works on the stack: exit code 4", async () => {
        const account = await paused(runningAlice);
        const made = account.changes.length;
        const options = onAlice(account);
        const locked = new AppError("LOCKED", { message: "locked" });
        const { exitCode } = await play(["resume", "alice"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], errors: { requireWorkable: locked } } },
        });
        expect(exitCode).to.equal(4);
        expect(account.changes).to.have.length(made);
    });

    it("gives scripts what runs again", async () => {
        const { context } = await play(
            ["resume", "alice", "-o", "json"],
            onAlice(await paused(runningAlice)),
        );
        const answer = JSON.parse(context.io.out()) as { ready: { wantedHosts: number }; services: object };
        expect(answer.ready.wantedHosts).to.equal(2);
        expect(answer.services).to.deep.equal([
            { name: "web", count: 2 },
            { name: "worker", count: 1 },
        ]);
    });

    it("knows no environment without a stack: exit code 3", async () => {
        expect((await play(["resume", "bob"], { directory: makeProject() })).exitCode).to.equal(3);
    });
});

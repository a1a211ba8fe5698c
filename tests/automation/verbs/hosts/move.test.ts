import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { cluster, instance, task } from "../../../helpers/awsObjects";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { agent, comesLate, onAlice, runningAlice, type CaseOptions } from "../../pause/pauseCase";

const arnOf = (id: string): string => `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;

/** Alice, whose hosts SSM reaches, and a cluster `batch` that is somebody else's. */
function besideBatch(changes: Partial<FakeAwsState> = {}): FakeAws {
    const account = runningAlice({
        managedNodes: { "i-1": "Online", "i-2": "Online" },
        instanceProfiles: { hosts: {} },
        shell: (instanceId, { text }, state) => {
            const to = /^to_cluster='(.*)'$/m.exec(text)?.[1] ?? "";
            for (const [name, agents] of Object.entries(state.containerInstances)) {
                state.containerInstances[name] = agents.map((one) =>
                    one.instanceId === instanceId ? { ...one, agentConnected: false } : one,
                );
            }
            (state.containerInstances[to] ??= []).push({
                ...agent(instanceId),
                clusterName: to,
                arn: arnOf(instanceId).replace("/alice/", `/${to}/`),
            });
            return {};
        },
        ...changes,
    });
    account.state.clusters.push(
        cluster({ name: "batch", arn: "arn:aws:ecs:us-east-1:123456789012:cluster/batch", tags: {} }),
    );
    account.state.instances = account.state.instances.map((one) => ({
        ...one,
        instanceProfileName: "hosts",
    }));
    return account;
}

const toBatch = ["hosts", "move", "alice", "2", "--to-cluster", "batch"] as const;

const refused = async (account: FakeAws, exitCode: number, options: CaseOptions = {}): Promise<string> => {
    const played = await play(toBatch, onAlice(account, options));
    expect(played.exitCode, played.transcript).to.equal(exitCode);
    expect(account.changes).to.deep.equal([]);
    return played.transcript;
};

/** ECS stops tasks so many seconds after the first of them was asked to. */
function stopsSlowly(account: FakeAws, seconds: number): (now: number, state: FakeAwsState) => void {
    const stopping = new Set<string>();
    let since: number | undefined;
    Object.assign(account.aws.ecs, {
        stopTask: (_: string, arn: string) => {
            account.changes.push(`stopTask ${arn}`);
            stopping.add(arn);
            const { tasks } = account.state;
            tasks["alice"] = (tasks["alice"] ?? []).map((one) =>
                one.arn === arn ? { ...one, desiredStatus: "STOPPED" } : one,
            );
            return Promise.resolve();
        },
    });
    return (now, { tasks }) => {
        since ??= stopping.size > 0 ? now : undefined;
        if (since !== undefined && now - since >= seconds) {
            tasks["alice"] = (tasks["alice"] ?? []).filter(({ arn }) => !stopping.has(arn));
        }
    };
}

const verbs = ({ changes }: FakeAws): readonly string[] =>
    changes.map((change) => change.split(" ")[0] ?? "");

describe("hosts move", () => {
    afterEach(removeFolders);

    it("drains the host, brings it over, and deregisters it from the old cluster once it is in the new one", async () => {
        const account = besideBatch();
        const { transcript, exitCode } = await play(toBatch, onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-move.txt", transcript);
        expect(account.changes.map((change) => change.replaceAll(/arn\S+\//g, ""))).to.deep.equal([
            "drain of-i-2",
            "stopTask f",
            "stopTask e",
            "runShellScript sles-ecs hosts move on i-2",
            "deregister of-i-2",
        ]);
        const list = await play(["hosts", "list", "alice"], onAlice(account));
        expect(list.context.io.out()).to.contain(
            "i-2: its agent registered in cluster batch instead of alice",
        );
    });

    it("brings a host back that is in another cluster", async () => {
        const account = besideBatch();
        await play([...toBatch, "--yes"], onAlice(account));
        const back = ["hosts", "move", "alice", "2", "--to-cluster", "alice", "--yes", "-o", "json"];
        const { exitCode, context } = await play(back, onAlice(account));
        expect(exitCode).to.equal(0);
        const { seconds, ...answer } = JSON.parse(context.io.out()) as { seconds: number };
        expect(seconds).to.be.a("number");
        expect(answer).to.deep.equal({
            version: 1,
            environment: "alice",
            instanceId: "i-2",
            fromCluster: "batch",
            toCluster: "alice",
            wasThere: false,
        });
        expect(account.state.containerInstances["batch"]).to.deep.equal([]);
    });

    it("does nothing where the host is there already, and asks nobody", async () => {
        const account = besideBatch();
        const { exitCode, context } = await play(
            ["hosts", "move", "alice", "2", "--to-cluster", "alice"],
            onAlice(account, { answers: undefined }),
        );
        expect([exitCode, context.io.out()]).to.deep.equal([
            0,
            "alice: host i-2 is in cluster alice already\n",
        ]);
        expect(account.changes).to.deep.equal([]);
    });

    it("moves to no cluster that is not there, or not ACTIVE: exit code 3", async () => {
        const missing = besideBatch();
        missing.state.clusters.pop();
        expect(await refused(missing, 3)).to.contain("there is no ACTIVE cluster batch to move a host to");
        const deleted = besideBatch();
        deleted.state.clusters = deleted.state.clusters.map((one) =>
            one.name === "batch" ? { ...one, status: "INACTIVE" } : one,
        );
        expect(await refused(deleted, 3)).to.contain("it is INACTIVE");
    });

    it("moves no host that SSM does not reach, and says why and what can be done: exit code 1", async () => {
        const said = await refused(besideBatch({ managedNodes: { "i-1": "Online" } }), 1);
        expect(said)
            .to.contain("HOST_NOT_REACHED")
            .and.to.contain("only other user data would bring it to another cluster")
            .and.to.contain("set instanceRole.ssm to true")
            .and.to.contain("SLES 16: its images have no SSM agent");
    });

    it("moves no host whose role would not let it join there: exit code 2", async () => {
        const said = await refused(
            besideBatch({ verdicts: { "ecs:RegisterContainerInstance": "denied" } }),
            2,
        );
        expect(said).to.contain(
            "may not join cluster batch: it does not allow ecs:RegisterContainerInstance there",
        );
    });

    it("moves to no name that no cluster can have, nor to none: exit code 2", async () => {
        for (const more of [[], ["--to-cluster", "a b"], ["--to-cluster", "x';reboot;'"]]) {
            const account = besideBatch();
            const { exitCode, transcript } = await play(
                ["hosts", "move", "alice", "2", "--yes", ...more],
                onAlice(account),
            );
            expect(exitCode).to.equal(2);
            expect(transcript).to.contain("--to-cluster is no name of a cluster");
            expect(account.changes).to.deep.equal([]);
        }
    });

    it("moves nothing after a no, or where nobody can be asked", async () => {
        await refused(besideBatch(), 6, { answers: [false] });
        await refused(besideBatch(), 2, { answers: undefined });
    });

    it("moves no host of others: exit code 3", async () => {
        const account = besideBatch();
        account.state.instances.push(instance(7, { tags: {} }));
        const argv = ["hosts", "move", "alice", "i-7", "--to-cluster", "batch", "--yes"];
        const { exitCode, transcript } = await play(argv, onAlice(account));
        expect(exitCode).to.equal(3);
        expect(transcript).to.contain("HOST_OF_OTHERS");
        expect(account.changes).to.deep.equal([]);
    });

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

    it("lets a host that a move has left DRAINING stay for good, and take tasks again", async () => {
        const account = besideBatch({ shell: () => ({}) });
        account.state.containerInstances["alice"] = (account.state.containerInstances["alice"] ?? []).map(
            (one) => ({ ...one, status: one.instanceId === "i-2" ? "DRAINING" : "ACTIVE" }),
        );
        const back = ["hosts", "move", "alice", "2", "--to-cluster", "alice", "--yes"];
        const { exitCode, transcript } = await play(back, onAlice(account));
        expect(exitCode).to.equal(0);
        expect(transcript).to.contain("it stays there, and takes tasks again");
        expect(verbs(account)).to.deep.equal(["runShellScript", "activate"]);
    });

    it("stops no task that has come since the plan was shown: exit code 2, and nothing is changed", async () => {
        const account = besideBatch();
        comesLate(
            account,
            task("z", "family:late", { taskDefinition: "late:1", containerInstanceArn: arnOf("i-2") }),
        );
        const { exitCode, transcript } = await play(toBatch, onAlice(account));
        expect(exitCode).to.equal(2);
        expect(transcript)
            .to.contain("on host 2 (i-2) more would stop by now than was shown")
            .and.to.contain("late:1, of no service");
        expect(account.changes).to.deep.equal([]);
    });

    it("says of a host of a group that this may terminate it", async () => {
        const account = besideBatch();
        account.state.instances = account.state.instances.map(({ tags, ...one }) => {
            const { "sles-ecs:host": _, ...others } = tags;
            return { ...one, tags: others };
        });
        const argv = ["hosts", "move", "alice", "i-2", "--to-cluster", "batch"];
        const { context } = await play(argv, onAlice(account, { answers: [false] }));
        expect(context.io.err()).to.contain(
            "its Auto Scaling group goes on counting it, and may terminate it",
        );
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

import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { task } from "../../../helpers/awsObjects";
import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { agent, comesLate, lendToBatch, onAlice, runningAlice } from "../../pause/pauseCase";

const arnOf = (id: string): string => `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;

/** Agents that are away come back so many seconds after they went. */
function comesBackAfter(seconds: number) {
    let goneAt: number | undefined;
    return (now: number, state: FakeAwsState): void => {
        const agents = state.containerInstances["alice"] ?? [];
        if (agents.every(({ agentConnected }) => agentConnected)) {
            goneAt = undefined;
            return;
        }
        goneAt ??= now;
        if (now - goneAt >= seconds) {
            state.containerInstances["alice"] = agents.map((one) => ({ ...one, agentConnected: true }));
        }
    };
}

const onSleep = () => comesBackAfter(40);

describe("hosts reboot", () => {
    afterEach(removeFolders);

    it("drains, reboots, and waits until the host is ready and takes tasks again", async () => {
        const account = runningAlice();
        const { transcript, exitCode } = await play(
            ["hosts", "reboot", "alice", "1"],
            onAlice(account, { onSleep: onSleep(), answers: undefined }),
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-reboot.txt", transcript);
        expect(account.changes).to.deep.equal([
            `drain ${arnOf("i-1")}`,
            "reboot i-1",
            `activate ${arnOf("i-1")}`,
        ]);
    });

    it("takes several hosts one after the other", async () => {
        const account = runningAlice({ tasks: {} });
        const { exitCode, context } = await play(
            ["hosts", "reboot", "alice", "2", "1", "-o", "json"],
            onAlice(account, { onSleep: onSleep() }),
        );
        expect(exitCode).to.equal(0);
        expect(account.changes.map((change) => change.replace(/arn\S+\//, ""))).to.deep.equal([
            ...["drain of-i-2", "reboot i-2", "activate of-i-2"],
            ...["drain of-i-1", "reboot i-1", "activate of-i-1"],
        ]);
        expect(JSON.parse(context.io.out())).to.include({ environment: "alice", clusterName: "alice" });
    });

    it("asks where tasks would stop, and stops those of no service first", async () => {
        const account = runningAlice();
        const options = onAlice(account, { onSleep: onSleep(), answers: [true] });
        const { exitCode, context } = await play(["hosts", "reboot", "alice", "2"], options);
        expect(exitCode).to.equal(0);
        expect(context.io.questions).to.deep.equal(["Reboot 2 (i-2) of alice?"]);
        expect(context.io.err()).to.contain("task migrate:1 is stopped, and nobody starts it again");
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal([
            ...["drain", "stopTask", "reboot", "activate"],
        ]);
    });

    for (const [what, answers, exitCode] of [
        ["after a no", [false], 6],
        ["where nobody can be asked", undefined, 2],
    ] as const) {
        it(`changes nothing ${what}, where tasks would stop`, async () => {
            const account = runningAlice();
            const options = onAlice(account, { answers: answers && [...answers] });
            const played = await play(["hosts", "reboot", "alice", "1", "--no-drain"], options);
            expect(played.exitCode).to.equal(exitCode);
            expect(played.transcript).to.contain("sles-ecs hosts reboot alice 1 --no-drain");
            expect(account.changes).to.deep.equal([]);
        });
    }

    it("drains nothing with --no-drain", async () => {
        const account = runningAlice();
        const options = onAlice(account, { onSleep: onSleep() });
        const { exitCode } = await play(["hosts", "reboot", "alice", "1", "--no-drain", "--yes"], options);
        expect(exitCode).to.equal(0);
        expect(account.changes).to.deep.equal(["reboot i-1"]);
    });

    it("boots a host that has never joined, without a question, and waits until it has", async () => {
        const account = runningAlice({ tasks: {} });
        const [, second] = account.state.containerInstances["alice"] ?? [];
        account.state.containerInstances["alice"] = second === undefined ? [] : [second];
        const { exitCode } = await play(
            ["hosts", "reboot", "alice", "1"],
            onAlice(account, {
                answers: undefined,
                onSleep: (seconds, state) => {
                    if (seconds > 60 && state.containerInstances["alice"]?.length === 1) {
                        state.containerInstances["alice"].push(agent("i-1"));
                    }
                },
            }),
        );
        expect(exitCode).to.equal(0);
        expect(account.changes).to.deep.equal(["reboot i-1"]);
    });

    it("reboots no host that is lent to another cluster, and says how it comes back: exit code 1", async () => {
        const account = runningAlice();
        lendToBatch(account, "i-2");
        for (const more of [[], ["--no-drain", "--yes"]]) {
            const { exitCode, transcript } = await play(
                ["hosts", "reboot", "alice", "1", "2", ...more],
                onAlice(account),
            );
            expect(exitCode).to.equal(1);
            expect(transcript)
                .to.contain("HOST_LENT")
                .and.to.contain("host 2 (i-2) is in cluster batch, expected alice")
                .and.to.contain("sles-ecs hosts move alice i-2 --to-cluster alice");
            expect(account.changes).to.deep.equal([]);
        }
    });

    it("asks other clusters about no host that is in its own", async () => {
        const account = runningAlice({ tasks: {} });
        await play(["hosts", "reboot", "alice", "1"], onAlice(account, { onSleep: onSleep() }));
        expect(account.reads).to.not.include("ecs.clusterNames");
    });

    it("names how far the host has got that is not ready in time, and no other: exit code 5", async () => {
        const account = runningAlice({ tasks: {} });
        const { exitCode, transcript } = await play(
            ["hosts", "reboot", "alice", "1", "--timeout", "3m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expect(transcript)
            .to.contain("0 of 1 host is ready in cluster alice after 3 min")
            .and.to.contain("i-1 ");
        expect(transcript).to.not.contain("i-2");
    });

    it("leaves no host DRAINING after Ctrl-C, also while it goes down: exit code 130", async () => {
        const account = runningAlice({ tasks: {} });
        const controller = new AbortController();
        const reboot = account.aws.ec2.reboot.bind(account.aws.ec2);
        // As on a host whose end ECS has not noticed yet.
        Object.assign(account.aws.ec2, {
            reboot: async (ids: readonly string[]) => {
                await reboot(ids);
                const agents = account.state.containerInstances["alice"] ?? [];
                account.state.containerInstances["alice"] = agents.map((one) => ({
                    ...one,
                    agentConnected: true,
                }));
                controller.abort();
            },
        });
        const { exitCode } = await play(
            ["hosts", "reboot", "alice", "1"],
            onAlice(account, { signal: controller.signal }),
        );
        expect(exitCode).to.equal(130);
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal([
            ...["drain", "reboot", "activate"],
        ]);
    });

    it("stops no task that has come since the plan was shown: exit code 2, and nothing is changed", async () => {
        for (const more of [[], ["--no-drain"]]) {
            const account = runningAlice();
            const on = { containerInstanceArn: arnOf("i-1") };
            comesLate(account, task("z", "family:late", { taskDefinition: "late:1", ...on }));
            const options = onAlice(account, { onSleep: onSleep(), answers: [true] });
            const argv = ["hosts", "reboot", "alice", "1", ...more];
            const { exitCode, transcript } = await play(argv, options);
            expect(exitCode).to.equal(2);
            expect(transcript)
                .to.contain("on host 1 (i-1) more would stop by now than was shown; it was left as it is")
                .and.to.contain("late:1, of no service");
            expect(account.changes).to.deep.equal([]);
        }
    });

    it("shows what went wrong first where the host then takes no tasks again, and tries that twice", async () => {
        const account = runningAlice({ tasks: {} });
        let tries = 0;
        Object.assign(account.aws.ecs, {
            activate: () => {
                tries += 1;
                return Promise.reject(new AppError("AWS_FAILED", { message: `no ${tries}` }));
            },
        });
        const { transcript } = await play(
            ["hosts", "reboot", "alice", "1"],
            onAlice(account, { onSleep: onSleep() }),
        );
        expect(tries).to.equal(2);
        expect(transcript).to.contain("i-1 may still be DRAINING: no 2").and.to.contain("no 1");
    });

    it("lets the host take tasks again where its tasks do not move: exit code 5, and no reboot", async () => {
        const account: FakeAws = runningAlice();
        const { exitCode, transcript } = await play(
            ["hosts", "reboot", "alice", "1", "--deadline", "1m"],
            onAlice(account, { tasksStay: true }),
        );
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("TASKS_NOT_MOVED").and.to.contain("it was not rebooted");
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal(["drain", "activate"]);
    });
});

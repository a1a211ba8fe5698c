import { expect } from "chai";

import type { FakeAws, FakeAwsState } from "../../../helpers/fakeAws";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { agent, lendToBatch, onAlice, runningAlice } from "../../pause/pauseCase";

/** Neither agent of alice has come. */
function silentAlice(changes: Partial<FakeAwsState> = {}): FakeAws {
    return runningAlice({ containerInstances: {}, tasks: {}, services: {}, ...changes });
}

/** Hosts join some time after they were told to. */
const joining = (ids: readonly string[], after: number) => (seconds: number, state: FakeAwsState) => {
    if (seconds >= after) {
        state.containerInstances["alice"] = ids.map(agent);
    }
};

describe("hosts start-agent", () => {
    afterEach(removeFolders);

    it("starts agents by SSM where it reaches the host, reboots the others, and waits until all have joined", async () => {
        const scripts: string[] = [];
        const account = silentAlice({
            managedNodes: { "i-1": "Online" },
            shell: (_, { text }) => (scripts.push(text), {}),
        });
        const { transcript, exitCode } = await play(
            ["hosts", "start-agent", "alice"],
            onAlice(account, { onSleep: joining(["i-1", "i-2"], 50), answers: undefined }),
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-start-agent.txt", transcript);
        expect(account.changes).to.deep.equal([
            "reboot i-2",
            "runShellScript sles-ecs hosts start-agent on i-1",
        ]);
        expect(scripts).to.have.lengthOf(1);
        // SUSE's guide, section 4, and what this program has put before it.
        expect(scripts[0]).to.contain("systemctl restart amazon-ecs.service");
        expect(scripts[0]).to.contain("systemctl restart sles-ecs-bootstrap.service");
    });

    it("leaves hosts alone whose agent is connected, and changes nothing", async () => {
        const account = runningAlice({ managedNodes: { "i-1": "Online", "i-2": "Online" } });
        const { exitCode, context } = await play(["hosts", "start-agent", "alice", "1"], onAlice(account));
        expect([exitCode, context.io.out()]).to.deep.equal([0, "alice: no agent had to be started\n"]);
        expect(account.changes).to.deep.equal([]);
    });

    it("asks before a reboot that stops tasks, and before nothing else", async () => {
        for (const [managedNodes, exitCode] of [
            [{}, 2],
            [{ "i-1": "Online" }, 0],
        ] as const) {
            const account = runningAlice({ managedNodes });
            account.state.containerInstances["alice"] = (account.state.containerInstances["alice"] ?? []).map(
                (one) => ({ ...one, agentConnected: one.instanceId !== "i-1", runningTasks: 2 }),
            );
            const played = await play(
                ["hosts", "start-agent", "alice"],
                onAlice(account, {
                    answers: undefined,
                    onSleep: joining(["i-1", "i-2"], 5),
                }),
            );
            expect(played.exitCode).to.equal(exitCode);
            expect(played.transcript).to.contain(
                exitCode === 0 ? "i-1 by SSM" : "is rebooted, as SSM does not reach it, and 2 tasks stop",
            );
            expect(account.changes.some((change) => change.startsWith("reboot"))).to.equal(false);
        }
    });

    it("leaves hosts alone that may still boot, unless they are named", async () => {
        const account = silentAlice({ managedNodes: { "i-1": "Online", "i-2": "Online" } });
        account.state.instances = account.state.instances.map((one) => ({
            ...one,
            launchedAt: new Date(one.instanceId === "i-1" ? "2026-11-23T09:55:00Z" : "2026-11-23T09:45:00Z"),
        }));
        const onSleep = joining(["i-2"], 5);
        const { exitCode, context } = await play(
            ["hosts", "start-agent", "alice"],
            onAlice(account, { onSleep }),
        );
        expect(exitCode).to.equal(0);
        expect(context.io.err())
            .to.contain("host 1 (i-1): left alone, as it may still boot, 5 min after its launch")
            .and.to.contain("sles-ecs hosts start-agent alice i-1");
        expect(account.changes).to.deep.equal(["runShellScript sles-ecs hosts start-agent on i-2"]);
        const named = await play(
            ["hosts", "start-agent", "alice", "1"],
            onAlice(account, { onSleep: joining(["i-1", "i-2"], 5) }),
        );
        expect(named.exitCode).to.equal(0);
        expect(account.changes.at(-1)).to.equal("runShellScript sles-ecs hosts start-agent on i-1");
    });

    it("says which hosts it has left alone, and that no agent was started, where that is all", async () => {
        const account = silentAlice({ managedNodes: { "i-1": "Online", "i-2": "Online" } });
        account.state.instances = account.state.instances.map((one) => ({
            ...one,
            launchedAt: new Date("2026-11-23T09:55:00Z"),
        }));
        const { context } = await play(["hosts", "start-agent", "alice"], onAlice(account));
        expect(context.io.out()).to.equal(
            "alice: no agent was started; not joined, and left alone: i-1, i-2\n",
        );
        expect(account.changes).to.deep.equal([]);
    });

    it("does not take a host for one at its first boot whose agent has registered before", async () => {
        const account = runningAlice({ managedNodes: { "i-1": "Online", "i-2": "Online" } });
        account.state.containerInstances["alice"] = (account.state.containerInstances["alice"] ?? []).map(
            (one) => ({ ...one, agentConnected: one.instanceId !== "i-1" }),
        );
        account.state.instances = account.state.instances.map((one) => ({
            ...one,
            launchedAt: new Date("2026-11-23T09:59:00Z"),
        }));
        const { exitCode } = await play(
            ["hosts", "start-agent", "alice"],
            onAlice(account, { onSleep: joining(["i-1", "i-2"], 5) }),
        );
        expect(exitCode).to.equal(0);
        expect(account.changes).to.deep.equal(["runShellScript sles-ecs hosts start-agent on i-1"]);
    });

    it("leaves a host alone that is lent to another cluster, and refuses it where it is named", async () => {
        const account = silentAlice({ managedNodes: { "i-1": "Online", "i-2": "Online" } });
        lendToBatch(account, "i-1");
        const onSleep = joining(["i-2"], 5);
        const { exitCode, context } = await play(
            ["hosts", "start-agent", "alice"],
            onAlice(account, { onSleep }),
        );
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.contain("host 1 (i-1): left alone, as it is in cluster batch");
        const first = "runShellScript sles-ecs hosts start-agent on i-2";
        expect(account.changes).to.deep.equal([first]);
        const named = await play(["hosts", "start-agent", "alice", "1"], onAlice(account));
        expect(named.exitCode).to.equal(1);
        expect(named.transcript).to.contain("host 1 (i-1) is in cluster batch, expected alice");
        expect(account.changes).to.deep.equal([first]);
    });

    it("shows what the host has said where its script fails: exit code 1", async () => {
        const account = silentAlice({
            managedNodes: { "i-1": "Online", "i-2": "Online" },
            shell: (instanceId) =>
                instanceId === "i-1"
                    ? {
                          status: "Failed",
                          statusDetails: "Failed",
                          exitCode: 1,
                          errors: "step=storage failed\nno volume\n",
                      }
                    : {},
        });
        const { exitCode, transcript } = await play(["hosts", "start-agent", "alice"], onAlice(account));
        expect(exitCode).to.equal(1);
        expect(transcript).to.contain("HOST_COMMAND_FAILED");
        expect(transcript).to.contain("  i-1: Failed: step=storage failed; no volume\n");
        expect(transcript).to.not.contain("i-2: Failed");
    });

    it("does not wait longer than it may for a host that is still at it: exit code 5", async () => {
        const account = silentAlice({
            managedNodes: { "i-1": "Online", "i-2": "Online" },
            shell: () => ({ status: "InProgress", statusDetails: "InProgress" }),
        });
        const { exitCode, transcript, context } = await play(
            ["hosts", "start-agent", "alice", "--timeout", "2m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("NOT_READY");
        expect(context.clock.now().toISOString()).to.match(/T10:02:/);
    });

    it("sends a command to no more hosts at once than SSM takes", async () => {
        const account = silentAlice();
        const [first] = account.state.instances;
        const ids = Array.from({ length: 70 }, (_, index) => `i-${index + 1}`);
        account.state.instances = ids.flatMap((instanceId) =>
            first === undefined ? [] : [{ ...first, instanceId }],
        );
        account.state.managedNodes = Object.fromEntries(ids.map((id) => [id, "Online"]));
        const { exitCode } = await play(
            ["hosts", "start-agent", "alice"],
            onAlice(account, { onSleep: joining(ids, 5) }),
        );
        expect(exitCode).to.equal(0);
        expect(account.changes.map((change) => change.split(",").length)).to.deep.equal([50, 20]);
    });

    it("has no business with an environment that is paused, nor with a host that stands still", async () => {
        const paused = silentAlice();
        paused.state.clusters = paused.state.clusters.map((one) => ({
            ...one,
            tags: { ...one.tags, "sles-ecs:paused": "2026-11-23T09:00:00Z" },
        }));
        const first = await play(["hosts", "start-agent", "alice"], onAlice(paused));
        expect(first.transcript).to.contain("PAUSED").and.to.contain("sles-ecs resume alice");
        const stopped = silentAlice();
        stopped.state.instances = stopped.state.instances.map((one) => ({ ...one, state: "stopped" }));
        const second = await play(["hosts", "start-agent", "alice", "1"], onAlice(stopped));
        expect(second.transcript).to.contain("host 1 (i-1) is stopped, expected it to run");
        expect([...paused.changes, ...stopped.changes]).to.deep.equal([]);
    });
});

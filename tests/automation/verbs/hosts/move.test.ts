import { expect } from "chai";

import type { FakeAws } from "../../../helpers/fakeAws";
import { instance, task } from "../../../helpers/awsObjects";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { comesLate, onAlice, type CaseOptions } from "../../pause/pauseCase";
import { arnOf, besideBatch, toBatch, verbs } from "./moveCase";

const without = (tags: Readonly<Record<string, string>>, key: string) =>
    Object.fromEntries(Object.entries(tags).filter(([name]) => name !== key));

const refused = async (account: FakeAws, exitCode: number, options: CaseOptions = {}): Promise<string> => {
    const played = await play(toBatch, onAlice(account, options));
    expect(played.exitCode, played.transcript).to.equal(exitCode);
    expect(account.changes).to.deep.equal([]);
    return played.transcript;
};

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
        account.state.instances = account.state.instances.map((one) => ({
            ...one,
            tags: without(one.tags, "sles-ecs:host"),
        }));
        const argv = ["hosts", "move", "alice", "i-2", "--to-cluster", "batch"];
        const { context } = await play(argv, onAlice(account, { answers: [false] }));
        expect(context.io.err()).to.contain(
            "its Auto Scaling group goes on counting it, and may terminate it",
        );
    });
});

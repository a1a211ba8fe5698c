import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { lockOf, ann } from "../../../helpers/fakeLock";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { changing, lendToBatch, onAlice, runningAlice } from "../../pause/pauseCase";

const arnOf = (id: string): string => `arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-${id}`;
const statusOf = (account: ReturnType<typeof runningAlice>, id: string): string | undefined =>
    account.state.containerInstances["alice"]?.find(({ instanceId }) => instanceId === id)?.status;

/** Alice, whose second host has no room for anything. */
function withoutRoom(): ReturnType<typeof runningAlice> {
    const account = runningAlice();
    account.state.containerInstances["alice"] = (account.state.containerInstances["alice"] ?? []).map(
        (one) => (one.instanceId === "i-2" ? { ...one, free: { cpuUnits: 2048, memoryMiB: 100 } } : one),
    );
    return account;
}

describe("hosts drain", () => {
    afterEach(removeFolders);

    it("drains the host, waits until ECS has moved its tasks, and names those that nobody moves", async () => {
        const account = runningAlice();
        const { transcript, context, exitCode } = await play(
            ["hosts", "drain", "alice", "2"],
            onAlice(account),
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/hosts-drain.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "engine requireWorkable",
            `aws drain ${arnOf("i-2")}`,
        ]);
        const left = account.state.tasks["alice"]?.filter((one) => one.containerInstanceArn === arnOf("i-2"));
        expect(left?.map(({ group }) => group)).to.deep.equal(["service:logs", "family:migrate"]);
    });

    it("says of a host that is lent where it is and how it comes back, and so does activate: exit code 1", async () => {
        for (const verb of ["drain", "activate"]) {
            const account = runningAlice({ containerInstances: {}, tasks: {}, services: {} });
            lendToBatch(account, "i-1");
            const { exitCode, transcript } = await play(["hosts", verb, "alice", "1"], onAlice(account));
            expect(exitCode).to.equal(1);
            expect(transcript)
                .to.contain("host 1 (i-1) is in cluster batch, expected alice")
                .and.to.contain("sles-ecs hosts move alice i-1 --to-cluster alice");
            expect(account.changes).to.deep.equal([]);
        }
    });

    it("goes on waiting where a host is drained already, and gives scripts what stays", async () => {
        const account = runningAlice();
        await play(["hosts", "drain", "alice", "1"], onAlice(account));
        const { context, exitCode } = await play(
            ["hosts", "drain", "alice", "1", "-o", "json"],
            onAlice(account),
        );
        expect(exitCode).to.equal(0);
        const { seconds, ...answer } = JSON.parse(context.io.out()) as { seconds: number };
        expect(seconds).to.be.a("number");
        expect(answer).to.deep.equal({
            version: 1,
            environment: "alice",
            clusterName: "alice",
            instanceId: "i-1",
            staying: [
                {
                    arn: "arn:aws:ecs:eu-central-1:123456789012:task/alice/d",
                    taskDefinition: "web:3",
                    group: "service:logs",
                },
            ],
        });
    });

    it("names what is left, and why, when the deadline has passed: exit code 5, and it stays DRAINING", async () => {
        const account = withoutRoom();
        const { transcript, exitCode, context } = await play(
            ["hosts", "drain", "alice", "1", "--deadline", "5m"],
            onAlice(account),
        );
        expect(exitCode).to.equal(5);
        expectGolden("cli/hosts-drain-late.txt", transcript);
        expect(statusOf(account, "i-1")).to.equal("DRAINING");
        expect(context.clock.now().toISOString()).to.match(/T10:05:/);
    });

    it("leaves the host DRAINING after Ctrl-C, and says so and how to go on: exit code 130", async () => {
        const account = withoutRoom();
        const controller = new AbortController();
        const { transcript, exitCode } = await play(
            ["hosts", "drain", "alice", "1"],
            onAlice(account, {
                signal: controller.signal,
                onSleep: (seconds) => {
                    if (seconds > 30) {
                        controller.abort();
                    }
                },
            }),
        );
        expect(exitCode).to.equal(130);
        expect(transcript).to.contain(
            "interrupted: host 1 (i-1) stays DRAINING, and ECS goes on moving 2 tasks off it",
        );
        expect(transcript).to.contain("sles-ecs hosts activate alice i-1");
        expect(statusOf(account, "i-1")).to.equal("DRAINING");
    });

    for (const [what, change, next] of [
        [
            "does not run",
            (account: ReturnType<typeof runningAlice>) => {
                account.state.instances = account.state.instances.map((one) => ({
                    ...one,
                    state: "stopped",
                }));
            },
            "sles-ecs up alice",
        ],
        [
            "has not registered",
            (account: ReturnType<typeof runningAlice>) => {
                account.state.containerInstances = {};
            },
            "sles-ecs hosts start-agent alice i-1",
        ],
        [
            "is not connected",
            (account: ReturnType<typeof runningAlice>) => {
                const agents = account.state.containerInstances["alice"] ?? [];
                account.state.containerInstances["alice"] = agents.map((one) => ({
                    ...one,
                    agentConnected: false,
                }));
            },
            "sles-ecs hosts start-agent alice i-1",
        ],
    ] as const) {
        it(`changes nothing where the host, or its agent, ${what}: exit code 1`, async () => {
            const account = runningAlice();
            change(account);
            const { exitCode, transcript } = await play(["hosts", "drain", "alice", "1"], onAlice(account));
            expect(exitCode).to.equal(1);
            expect(transcript).to.contain("HOST_NOT_RUNNING").and.to.contain(`Next: ${next}\n`);
            expect(account.changes).to.deep.equal([]);
        });
    }

    it("changes nothing, and takes no lock, where no such host is there: exit code 3", async () => {
        const account = runningAlice();
        const { exitCode, context } = await play(["hosts", "drain", "alice", "4"], onAlice(account));
        expect(exitCode).to.equal(3);
        expect(account.changes).to.deep.equal([]);
        expect(context.calls.filter((call) => /requireUnlocked|put/.test(call))).to.deep.equal([]);
    });

    it("changes nothing while somebody else is at work, or the passphrase is wrong", async () => {
        const locked = runningAlice({ parameters: lockOf("alice", { ...ann, command: "up" }) });
        expect((await play(["hosts", "drain", "alice", "1"], onAlice(locked))).exitCode).to.equal(4);
        expect(locked.changes).to.deep.equal([]);
        const account = runningAlice();
        const options = onAlice(account);
        const wrong = new AppError("PASSPHRASE_WRONG", { message: "wrong" });
        const { exitCode } = await play(["hosts", "drain", "alice", "1"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], errors: { requireWorkable: wrong } } },
        });
        expect(exitCode).to.equal(2);
        expect(account.changes).to.deep.equal([]);
    });
});

describe("hosts activate", () => {
    afterEach(removeFolders);

    it("lets a host take tasks again, and does nothing where it does already", async () => {
        const account = runningAlice();
        await account.aws.ecs.drain("alice", [arnOf("i-2")]);
        const first = await play(["hosts", "activate", "alice", "2"], onAlice(account));
        expect([first.exitCode, first.context.io.out()]).to.deep.equal([
            0,
            "alice: host i-2 takes tasks again\n",
        ]);
        expect(statusOf(account, "i-2")).to.equal("ACTIVE");
        const made = account.changes.length;
        const second = await play(["hosts", "activate", "alice", "i-2"], onAlice(account));
        expect(second.context.io.out()).to.equal("alice: host i-2 takes tasks already\n");
        expect(account.changes).to.have.lengthOf(made);
    });
});

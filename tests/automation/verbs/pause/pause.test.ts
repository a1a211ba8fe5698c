import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { service, task } from "../../../helpers/awsObjects";
import { ann, lockOf } from "../../../helpers/fakeLock";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import {
    allSuspended,
    changing,
    groupOfAlice,
    killAfter,
    onAlice,
    runningAlice,
    whatRuns,
} from "../../pause/pauseCase";

describe("pause", () => {
    afterEach(removeFolders);

    it("shows its plan, asks, takes services to 0 with their counts in their tags, and stops the hosts", async () => {
        const account = runningAlice();
        const { transcript, context, exitCode } = await play(["pause", "alice"], onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/pause.txt", transcript);
        expect(changing(context.calls)).to.deep.equal([
            "engine requireWorkable",
            'aws tagCluster {"sles-ecs:paused":"2026-11-23T10:00:00Z"}',
            'aws tagService web {"sles-ecs:paused-count":"2"}',
            "aws setDesiredCount web 0",
            'aws tagService worker {"sles-ecs:paused-count":"1 scaling=in+out"}',
            "aws setSuspended service/alice/worker in+out+scheduled",
            "aws setDesiredCount worker 0",
            "aws drain arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-i-1,arn:aws:ecs:us-east-1:123456789012:container-instance/alice/of-i-2",
            "aws stopTask arn:aws:ecs:eu-central-1:123456789012:task/alice/f",
            "aws stop i-1,i-2",
        ]);
    });

    it("terminates the hosts of a group, whose sizes it keeps, and leaves no ghost of them", async () => {
        const account = groupOfAlice();
        const { transcript, exitCode } = await play(["pause", "alice"], onAlice(account));
        expect(exitCode).to.equal(0);
        expectGolden("cli/pause-group.txt", transcript);
        expect(account.changes).to.include("resize sles-ecs-alice 0 0 0");
        expect(account.state.clusters[0]?.tags).to.include({
            "sles-ecs:paused": "2026-11-23T10:00:00Z min=1 max=3 desired=2",
        });
        expect(account.state.containerInstances["alice"]).to.deep.equal([]);
    });

    it("drops the protection of a group's hosts, which would keep it from going to zero", async () => {
        const account = groupOfAlice();
        Object.assign(account.state.groups[0] ?? {}, { protectedInstanceIds: ["i-2"] });
        const { exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(account.changes).to.include("dropScaleInProtection sles-ecs-alice i-2");
    });

    it("gives scripts what it stopped, and what is still to pay for", async () => {
        const { context } = await play(["pause", "alice", "-y", "-o", "json"], onAlice(runningAlice()));
        const { seconds, ...answer } = JSON.parse(context.io.out()) as { seconds: number };
        expect(seconds).to.be.a("number");
        expect(answer).to.deep.equal({
            version: 1,
            environment: "alice",
            alreadyPaused: false,
            services: [
                { name: "web", count: 2 },
                { name: "worker", count: 1 },
            ],
            hosts: ["i-1", "i-2"],
            stillCosts: {
                volumes: [
                    { id: "vol-1", type: "gp3", sizeGiB: 100 },
                    { id: "vol-2", type: "gp3", sizeGiB: 40 },
                ],
                natGateways: ["nat-1"],
                endpoints: [],
                addresses: [],
            },
            costs: {
                paused: { usdAnHour: 0.054, usdAMonth: 39.42 },
                saved: { usdAnHour: 0.21, usdAMonth: 153.3 },
                isWhole: true,
                prices: { region: "us-east-1", kind: "aws", askedAt: "2026-11-23T10:00:00.000Z" },
            },
        });
    });

    it("does nothing the second time, asks nobody, and remembers what it did", async () => {
        const account = runningAlice();
        await play(["pause", "alice", "--yes"], onAlice(account));
        const before = whatRuns(account);
        const made = account.changes.length;
        const { exitCode, context } = await play(
            ["pause", "alice"],
            onAlice(account, { answers: undefined }),
        );
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.contain("alice is paused already");
        expect(account.changes).to.have.length(made);
        expect(whatRuns(account)).to.deep.equal(before);
    });

    for (const [what, make] of [
        ["fixed hosts", runningAlice],
        ["a group", groupOfAlice],
    ] as const) {
        it(`is taken up again after a kill at any point, and comes to the same: ${what}`, async () => {
            const whole = make();
            await play(["pause", "alice", "--yes"], onAlice(whole));
            for (let count = 0; count < whole.changes.length; count += 1) {
                const account = make();
                const revive = killAfter(account, count);
                expect((await play(["pause", "alice", "--yes"], onAlice(account))).exitCode).to.equal(1);
                revive();
                const again = await play(["pause", "alice", "--yes"], onAlice(account));
                expect(again.exitCode, `after ${count} changes`).to.equal(0);
                expect(whatRuns(account), `after ${count} changes`).to.deep.equal(whatRuns(whole));
            }
        });
    }

    it("counts what runs, and not what an earlier pause has remembered, where somebody has scaled meanwhile", async () => {
        const account = runningAlice();
        await play(["pause", "alice", "--yes"], onAlice(account));
        await account.aws.ecs.setDesiredCount("alice", "web", 5);
        await play(["pause", "alice", "--yes"], onAlice(account));
        const [web] = account.state.services["alice"] ?? [];
        expect(web).to.include({ desired: 0 });
        expect(web?.tags).to.deep.equal({ "sles-ecs:paused-count": "5" });
    });

    it("suspends the scaling of a service that stands at 0, which could start it", async () => {
        const account = runningAlice({
            services: { alice: [service("worker", { desired: 0, running: 0 })] },
            tasks: {},
        });
        await play(["pause", "alice", "--yes"], onAlice(account));
        expect(account.state.scalableServices[0]?.suspended).to.deep.equal(allSuspended);
        expect(account.state.services["alice"]?.[0]?.tags).to.deep.equal({
            "sles-ecs:paused-count": "0 scaling=in+out",
        });
    });

    it("touches nothing in a cluster of somebody else's but its own hosts", async () => {
        const account = runningAlice({
            tasks: {
                alice: [
                    task("g", "service:theirs", { containerInstanceArn: "of-theirs" }),
                    task("h", "family:theirs", { containerInstanceArn: "of-theirs" }),
                ],
            },
        });
        const { transcript, exitCode } = await play(
            ["pause", "alice"],
            onAlice(account, { isAdopted: true }),
        );
        expect(exitCode).to.equal(0);
        expectGolden("cli/pause-adopted.txt", transcript);
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal(["drain", "stop"]);
    });

    it("names the tasks that do not stop in time, and leaves the hosts: exit code 5", async () => {
        const account = runningAlice();
        const options = onAlice(account, { tasksStay: true });
        const { transcript, exitCode } = await play(["pause", "alice", "--yes", "--timeout", "1m"], options);
        expect(exitCode).to.equal(5);
        expectGolden("cli/pause-tasks-stay.txt", transcript);
        expect(account.changes).to.not.include("stop i-1,i-2");
        expect((await play(["pause", "alice", "--yes"], onAlice(account))).exitCode).to.equal(0);
    });

    it("names the hosts that do not stop in time, and keeps the sizes of their group: exit code 5", async () => {
        const account = groupOfAlice();
        Object.assign(account.state.groups[0] ?? {}, { instanceIds: ["i-1"] });
        // As if somebody had suspended the group's process Terminate.
        const { transcript, exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(5);
        expect(transcript).to.contain("HOSTS_NOT_STOPPED").and.to.contain("i-2: running");
        Object.assign(account.state.groups[0] ?? {}, { instanceIds: ["i-2"] });
        expect((await play(["pause", "alice", "--yes"], onAlice(account))).exitCode).to.equal(0);
        expect(account.state.clusters[0]?.tags["sles-ecs:paused"]).to.match(/ min=1 max=3 desired=2$/);
    });

    it("keeps the counts that services have when it stops them: somebody has scaled one while the question stood", async () => {
        const account = runningAlice();
        const scale = (): void => {
            const [web] = account.state.services["alice"] ?? [];
            Object.assign(web ?? {}, { desired: 6, running: 6 });
            account.state.services["alice"]?.push(service("new", { desired: 3 }));
        };
        const { exitCode, context } = await play(["pause", "alice"], onAlice(account, { onQuestion: scale }));
        expect(exitCode).to.equal(0);
        const counts = account.state.services["alice"]?.map(({ name, desired, tags }) => [
            ...[name, desired],
            tags["sles-ecs:paused-count"],
        ]);
        expect(counts).to.deep.equal([
            ["web", 0, "6"],
            ["worker", 0, "1 scaling=in+out"],
            ["logs", 2, undefined],
            ["new", 0, "3"],
        ]);
        expect(context.io.questions).to.have.lengthOf(1);
        expect((await play(["resume", "alice"], onAlice(account))).exitCode).to.equal(0);
        expect(account.state.services["alice"]?.map(({ desired }) => desired)).to.deep.equal([6, 1, 2, 3]);
    });

    it("asks anew where a task was started meanwhile that would not come back", async () => {
        const account = runningAlice();
        let asked = 0;
        const start = (): void => {
            asked += 1;
            if (asked === 1) {
                account.state.tasks["alice"]?.push(task("late", "family:report"));
            }
        };
        const options = onAlice(account, { onQuestion: start, answers: [true, false] });
        const { exitCode, context } = await play(["pause", "alice"], options);
        expect(exitCode).to.equal(6);
        expect(context.io.questions).to.have.lengthOf(2);
        expect(context.io.err()).to.contain("tasks were started meanwhile that would not come back");
        expect(account.changes).to.deep.equal([]);
    });

    it("changes nothing where a service was made meanwhile that cannot keep its count: exit code 1", async () => {
        const account = runningAlice();
        const arn = "arn:aws:ecs:us-east-1:123456789012:service/old";
        const make = (): void => {
            account.state.services["alice"]?.push(service("old", { arn }));
        };
        const { exitCode } = await play(["pause", "alice"], onAlice(account, { onQuestion: make }));
        expect(exitCode).to.equal(1);
        expect(account.changes).to.deep.equal([]);
    });

    it("changes nothing after a no, or where nobody can be asked", async () => {
        for (const [answers, exitCode] of [
            [[false], 6],
            [undefined, 2],
        ] as const) {
            const account = runningAlice();
            const answer = await play(
                ["pause", "alice"],
                onAlice(account, { answers: answers && [...answers] }),
            );
            expect(answer.exitCode).to.equal(exitCode);
            expect(account.changes).to.deep.equal([]);
        }
    });

    it("changes nothing while somebody else works on the stack: exit code 4", async () => {
        const account = runningAlice();
        const options = onAlice(account);
        const locked = new AppError("LOCKED", { message: "locked" });
        const { exitCode } = await play(["pause", "alice", "--yes"], {
            ...options,
            stacks: { alice: { ...options.stacks?.["alice"], errors: { requireWorkable: locked } } },
        });
        expect(exitCode).to.equal(4);
        expect(account.changes).to.deep.equal([]);
    });

    it("changes nothing while a reaper destroys it: exit code 4", async () => {
        const account = runningAlice({ parameters: lockOf("alice", { ...ann, command: "reap" }) });
        const { exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(4);
        expect(account.changes).to.deep.equal([]);
    });

    it("changes nothing where a service cannot keep its count in a tag: exit code 1", async () => {
        // ARNs of the short form, which older services have (ECS API reference, TagResource).
        const arn = "arn:aws:ecs:us-east-1:123456789012:service/web";
        const account = runningAlice({ services: { alice: [service("web", { arn }), service("worker")] } });
        const { transcript, exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(1);
        expectGolden("cli/pause-short-arn.txt", transcript);
        expect(account.changes).to.deep.equal([]);
    });

    it("goes on where Application Auto Scaling may not be asked, and says so", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "may not" });
        const account = runningAlice({ errors: { "applicationScaling.scalableServices": denied } });
        const { transcript, exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(transcript).to.contain(
            "warning: could not ask which services are scaled automatically: may not",
        );
    });

    it("knows no environment without a stack, and none that is empty: exit code 3", async () => {
        expect((await play(["pause", "bob"], { directory: makeProject() })).exitCode).to.equal(3);
        const empty = await play(["pause", "bob"], { directory: makeProject(), stacks: { bob: {} } });
        expect(empty.exitCode).to.equal(3);
        expect(empty.transcript).to.contain("nothing of bob is up: its state holds no resources");
    });
});

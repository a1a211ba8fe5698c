import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { main } from "../../../../automation/cli/main";
import { tagKeys } from "../../../../components/model/tags";
import { fakePint } from "../../../helpers/fakePint";
import { cluster, instance, registered, service } from "../../../helpers/awsObjects";
import { createFakeAws, type FakeAws } from "../../../helpers/fakeAws";
import { fakeContext, type FakeContextOptions, type FakeStackOptions } from "../../../helpers/fakes";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play as playCommand } from "../../../helpers/transcript";

const resources = [{ type: "aws:ecs/cluster:Cluster", name: "sles-ecs-cluster", id: "arn:alice" }];
const aliceStack: FakeStackOptions = { resources, outputs: { clusterName: "alice" } };
const aliceSettings = "config:\n    sles-ecs:hosts:\n        count: 2\n";

/** Plays a command line in an account that has the environment alice. */
async function play(
    argv: readonly string[],
    aws: FakeAws,
    changes: Partial<FakeContextOptions> = {},
    settings = aliceSettings,
) {
    const directory = makeProject({ "Pulumi.alice.yaml": settings });
    const { context, ...played } = await playCommand(argv, {
        directory,
        stacks: { alice: aliceStack },
        aws,
        pint: fakePint([]),
        ...changes,
    });
    return { ...played, out: context.io.out(), err: context.io.err() };
}

function readyEnvironment(): FakeAws {
    return createFakeAws({
        clusters: [cluster({ runningTasks: 3, pendingTasks: 1 })],
        instances: [
            instance(2, { zone: "eu-central-1b" }),
            instance(1),
            instance(10, { state: "terminated", tags: { ...instance(10).tags } }),
        ],
        containerInstances: {
            alice: [registered(1, { runningTasks: 2 }), registered(2, { runningTasks: 1, pendingTasks: 1 })],
        },
        services: {
            alice: [
                service("web"),
                service("logs", { schedulingStrategy: "DAEMON", running: 1, pending: 1 }),
            ],
        },
    });
}

function troubledEnvironment(): FakeAws {
    return createFakeAws({
        clusters: [cluster({ registeredHosts: 1 })],
        instances: [
            instance(1, { imageName: "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64" }),
            instance(2, { zone: "eu-central-1b", hasInstanceProfile: false, imageName: "my-own-image" }),
        ],
        containerInstances: { alice: [registered(1, { agentConnected: false })] },
    });
}

describe("sles-ecs status", () => {
    after(removeFolders);

    it("shows cluster, hosts and services on one screen", async () => {
        const { transcript } = await play(["status", "alice"], readyEnvironment());
        expectGolden("status/ready.txt", transcript);
    });

    it("needs no lock, so that a slip in it stops nobody from looking", async () => {
        const { exitCode, out } = await play(
            ["status", "alice"],
            readyEnvironment(),
            {},
            `${aliceSettings}    sles-ecs:hostImage:\n        lock:\n            date: 20260922\n`,
        );
        expect(exitCode).to.equal(0);
        expect(out).to.contain("2 of 2");
    });

    it("fits into 100 columns with EC2's long ids", async () => {
        const fake = readyEnvironment();
        fake.state.instances = fake.state.instances.map((one) => ({
            ...one,
            instanceId: "i-0a1b2c3d4e5f60718",
        }));
        fake.state.containerInstances = { alice: [registered(1, { instanceId: "i-0a1b2c3d4e5f60718" })] };
        const { out } = await play(["status", "alice"], fake);
        expect(out).to.contain("i-0a1b2c3d4e5f60718  eu-central-1a  connected");
        expect(Math.max(...out.split("\n").map((line) => line.length))).to.be.at.most(100);
    });

    it("says what a host lacks, and what to do next", async () => {
        const { transcript, exitCode } = await play(["status", "alice"], troubledEnvironment());
        expectGolden("status/trouble.txt", transcript);
        expect(exitCode).to.equal(0);
    });

    it("says that there is no cluster", async () => {
        expectGolden("status/nothing.txt", (await play(["status", "alice"], createFakeAws())).transcript);
    });

    it("takes a cluster that has been deleted, and that ECS still tells of, for none", async () => {
        const fake = createFakeAws({ clusters: [cluster({ status: "INACTIVE" })] });
        const { out } = await play(["status", "alice"], fake);
        expect(out).to.match(/^alice: no cluster alice in /);
        const json = await play(["status", "alice", "-o", "json"], fake);
        expect(JSON.parse(json.out)).to.not.have.property("cluster");
    });

    it("answers scripts with versioned JSON", async () => {
        const { out } = await play(["status", "alice", "--output", "json"], readyEnvironment());
        const answer = JSON.parse(out) as Record<string, unknown>;
        expect(answer).to.include({ version: 1, environment: "alice", clusterName: "alice", wantedHosts: 2 });
        expect(answer).to.have.nested.property("hosts[0].instanceId", "i-1");
        expect(answer).to.have.nested.property("hosts[0].ready", true);
        expect(answer).to.have.nested.property("hosts[0].storage", "imageStore");
        expect(answer).to.have.nested.property("services[1].name", "logs");
        expect(answer).to.have.nested.property("cluster.status", "ACTIVE");
    });

    it("asks AWS six questions however many hosts there are", async () => {
        const fake = readyEnvironment();
        fake.state.instances = Array.from({ length: 300 }, (_, index) => instance(index));
        fake.state.containerInstances["alice"] = Array.from({ length: 300 }, (_, index) => registered(index));
        await play(["status", "alice"], fake);
        expect(fake.reads).to.have.lengthOf(6);
    });

    it("ends with 3 for an environment that does not exist", async () => {
        const { exitCode, err } = await play(["status", "alice"], createFakeAws(), { stacks: {} });
        expect(exitCode).to.equal(3);
        expect(err).to.contain("ENVIRONMENT_NOT_FOUND");
    });
});

describe("sles-ecs status --watch", () => {
    after(removeFolders);

    /** Watches for as many looks as there are changes, then presses Ctrl-C. */
    async function watch(
        argv: readonly string[],
        changes: readonly ((fake: FakeAws) => void)[],
        terminal = false,
    ) {
        const fake = troubledEnvironment();
        const controller = new AbortController();
        const directory = makeProject({ "Pulumi.alice.yaml": aliceSettings });
        const stacks = { alice: aliceStack };
        const base = fakeContext({ directory, stacks, aws: fake, signal: controller.signal });
        let look = 0;
        const exitCode = await main(["status", "alice", "--watch", ...argv], {
            ...base,
            io: { ...base.io, stdoutIsTerminal: terminal },
            clock: {
                now: () => base.clock.now(),
                sleep: async (milliseconds, signal) => {
                    const change = changes[look++];
                    if (change === undefined) {
                        controller.abort(new Error("Ctrl-C"));
                    }
                    change?.(fake);
                    await base.clock.sleep(milliseconds, signal);
                },
            },
        });
        return { exitCode, out: base.io.out(), err: base.io.err() };
    }

    const connect = (fake: FakeAws): void => {
        fake.state.containerInstances = { alice: [registered(1)] };
    };
    const nothing = (): void => undefined;

    it("off a terminal appends only what has changed, with the time, until Ctrl-C", async () => {
        const { exitCode, out } = await watch([], [nothing, connect, nothing]);
        expect(exitCode).to.equal(0);
        expectGolden("status/watch.txt", out);
    });

    it("goes on when AWS is out of reach, or asked too much, for a moment", async () => {
        const without =
            (code: AppError["code"], message: string) =>
            (fake: FakeAws): void => {
                fake.state.errors = { "ecs.cluster": new AppError(code, { message }) };
            };
        const away = without("AWS_UNREACHABLE", "cannot reach AWS");
        const throttled = without("AWS_THROTTLED", "too many requests");
        const back = (fake: FakeAws): void => {
            fake.state.errors = {};
            connect(fake);
        };
        const { exitCode, out, err } = await watch([], [away, throttled, back, nothing]);
        expect(exitCode).to.equal(0);
        expect(err).to.equal("cannot reach AWS\ntoo many requests\n");
        expect(out).to.contain("1 of 2 hosts ready");
    });

    it("on a terminal draws only what differs over what was there", async () => {
        const { out } = await watch([], [nothing, connect, nothing], true);
        expect(out).to.contain("\u001B[");
        expect(out.match(/i-2 {3}eu-central-1b/g)).to.have.length.of.at.most(2);
        expect(out).to.contain("Ctrl-C ends");
    });

    it("as JSON writes one line a change", async () => {
        const { out } = await watch(["--output", "json"], [nothing, connect, nothing]);
        const lines = out
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as { hosts: { ready: boolean }[] });
        expect(lines.map((line) => line.hosts[0]?.ready)).to.deep.equal([false, true]);
    });
});

describe("sles-ecs wait", () => {
    after(removeFolders);

    it("answers with the hosts that are ready", async () => {
        expectGolden("wait/ready.txt", (await play(["wait", "alice"], readyEnvironment())).transcript);
    });

    it("is content with fewer hosts when told so", async () => {
        const fake = troubledEnvironment();
        fake.state.containerInstances = { alice: [registered(1)] };
        const { exitCode, out } = await play(["wait", "alice", "--hosts", "1", "--output", "json"], fake);
        expect(exitCode).to.equal(0);
        expect(JSON.parse(out)).to.deep.include({
            version: 1,
            environment: "alice",
            clusterName: "alice",
            wantedHosts: 1,
        });
    });

    it("ends with 5 when time is up, and tells how far each host has got", async () => {
        const { transcript, exitCode } = await play(
            ["wait", "alice", "--timeout", "2m"],
            troubledEnvironment(),
        );
        expectGolden("wait/notReady.txt", transcript);
        expect(exitCode).to.equal(5);
    });

    it("ends with 3 when nothing of the environment is up", async () => {
        const stacks = { alice: { resources: [] } };
        const { exitCode, err } = await play(["wait", "alice"], createFakeAws(), { stacks });
        expect(exitCode).to.equal(3);
        expect(err).to.contain("Next: sles-ecs up alice");
    });

    for (const hosts of ["0", "1.5", "some"]) {
        it(`refuses --hosts ${hosts}`, async () => {
            const { exitCode } = await play(["wait", "alice", "--hosts", hosts], readyEnvironment());
            expect(exitCode).to.equal(2);
        });
    }

    it("finds the hosts by the tag of the stack, not of somebody else's", async () => {
        const fake = readyEnvironment();
        fake.state.instances = fake.state.instances.map((one) => ({
            ...one,
            tags: { [tagKeys.stack]: "organization/sles-ecs/bob" },
        }));
        expect((await play(["wait", "alice", "--timeout", "1s"], fake)).exitCode).to.equal(5);
    });
});

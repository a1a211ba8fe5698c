import { expect } from "chai";

import { renderLine } from "../../../components/model/commandLine";
import { emptyCluster } from "../../../automation/emptying/emptyCluster";
import { survey } from "../../../automation/teardown/survey";
import { AppError } from "../../../automation/errors/appError";
import { tagKeys } from "../../../components/model/tags";
import { cluster, instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import { createFakeAws, ownTags, type FakeAws, type FakeAwsState } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";

interface Options {
    readonly adopted?: boolean;
    readonly onSleep?: (seconds: number, state: FakeAwsState) => void;
}

async function empty(fake: FakeAws, options: Options = {}) {
    const recorded = recordProgress();
    const clock = createFakeClock((seconds) => options.onSleep?.(seconds, fake.state));
    const target = { ...targetIn(fake, { clock }), adopted: options.adopted ?? false };
    const result = await emptyCluster(target, { timeoutSeconds: 60 }, recorded.progress).catch(
        (error: unknown) => error,
    );
    return { result, recorded, seconds: clock.seconds };
}

const group = {
    name: "alice-hosts",
    desired: 2,
    min: 1,
    max: 3,
    instanceIds: ["i-1", "i-2"],
    suspendedProcesses: [],
    protectedInstanceIds: ["i-1", "i-2"],
    leaving: false,
    tags: ownTags,
};

/** Stops what has a count of 0, as ECS does after a while. */
function stopCountedTasks(state: FakeAwsState): void {
    const idle = (state.services["alice"] ?? [])
        .filter((one) => one.desired === 0)
        .map((one) => `service:${one.name}`);
    state.tasks["alice"] = (state.tasks["alice"] ?? []).filter((one) => !idle.includes(one.group));
}

function busyCluster(): FakeAws {
    return createFakeAws({
        clusters: [cluster()],
        instances: [instance(1), instance(2)],
        containerInstances: { alice: [registered(1), registered(2)] },
        services: { alice: [service("logs", { schedulingStrategy: "DAEMON" }), service("web")] },
        tasks: {
            alice: [
                task("t-1", "service:web"),
                task("t-2", "service:web"),
                task("t-3", "service:logs", { taskDefinition: "logs:1" }),
                task("t-4", "family:job", { taskDefinition: "job:7" }),
            ],
        },
        scalableServices: [
            { resourceId: "service/alice/web", min: 1, max: 5, suspended: [] },
            { resourceId: "service/other/web", min: 1, max: 5, suspended: [] },
        ],
        groups: [group],
    });
}

describe("emptyCluster", () => {
    for (const [adopted, which, clusters] of [
        [false, "the cluster", [cluster()]],
        [true, "an adopted cluster", [cluster()]],
        [false, "a cluster that somebody has deleted by hand", []],
    ] as const) {
        it(`takes attached groups off ${which}, which live on, and no others`, async () => {
            const fake = createFakeAws({ clusters: [...clusters] });
            const loan = { [tagKeys.attachedTo]: ownTags[tagKeys.stackId] ?? "" };
            const provider = { arn: "arn:cp/workers", group: "workers", isManaged: false };
            fake.state.groupProviders = [
                { ...provider, name: "workers", tags: loan },
                { ...provider, name: "bobs", arn: "arn:cp/bobs", tags: { [tagKeys.attachedTo]: "bob" } },
            ];
            fake.state.namedGroups = [
                { ...group, name: "workers", arn: "arn:group/workers", instanceIds: ["i-8"], tags: loan },
            ];
            await empty(fake, { adopted });
            expect(fake.changes).to.deep.equal([
                ...["detachCapacityProvider alice workers", "removeCapacityProvider arn:cp/workers"],
                `untagGroup workers ${tagKeys.attachedTo}`,
            ]);
            expect(fake.state.groupProviders.map(({ name }) => name)).to.deep.equal(["bobs"]);
        });
    }

    it("goes by the guide's order: minimums and counts to 0, services with daemons last, then the rest", async () => {
        const fake = busyCluster();
        const { result } = await empty(fake, { onSleep: (_, state) => stopCountedTasks(state) });
        const arn = "arn:aws:ecs:eu-central-1:123456789012:";
        expect(fake.changes).to.deep.equal([
            "setMinimum service/alice/web 0",
            "setDesiredCount web 0",
            "deleteService web",
            "deleteService logs",
            `stopTask ${arn}task/alice/t-4`,
            "dropScaleInProtection alice-hosts i-1,i-2",
        ]);
        expect(result).to.deep.equal([
            { type: "ecs:service", name: "web", id: `${arn}service/alice/web` },
            { type: "ecs:service", name: "logs", id: `${arn}service/alice/logs` },
            { type: "ecs:task", name: "job:7", id: `${arn}task/alice/t-4` },
        ]);
    });

    it("deletes no service before its tasks have stopped", async () => {
        const fake = busyCluster();
        const whileTasksRun = new Set<string>();
        const { result, seconds } = await empty(fake, {
            onSleep: (passed, state) => {
                fake.changes.forEach((change) => whileTasksRun.add(change));
                if (passed >= 20) {
                    stopCountedTasks(state);
                }
            },
        });
        expect(result).to.be.an("array");
        expect([...whileTasksRun]).to.deep.equal(["setMinimum service/alice/web 0", "setDesiredCount web 0"]);
        expect(fake.changes).to.include("deleteService web");
        expect(seconds).to.be.within(20, 25);
    });

    it("names what does not stop, and stops itself at the time limit", async () => {
        const { result, seconds } = await empty(busyCluster());
        const error = result as AppError;
        expect(error.code).to.equal("CLUSTER_NOT_EMPTY");
        expect(error.exitCode).to.equal(5);
        expect(error.message).to.equal("cluster alice is not empty after 1 min: 2 things keep it");
        expect(error.details).to.deep.equal([
            "task web:3 of service web (t-1) on i-1: RUNNING",
            "task web:3 of service web (t-2) on i-1: RUNNING",
        ]);
        expect(renderLine(error.hint ?? "")).to.equal("sles-ecs destroy alice");
        expect(seconds).to.equal(60);
    });

    it("does not wait for tasks on a host whose agent is gone, and deregisters that host", async () => {
        const fake = busyCluster();
        fake.state.containerInstances["alice"] = [registered(1, { agentConnected: false }), registered(2)];
        const { result, seconds } = await empty(fake);
        expect(seconds).to.equal(0);
        expect(fake.changes).to.include(`deregister ${registered(1).arn}`);
        expect(fake.changes).not.to.include(`deregister ${registered(2).arn}`);
        expect(result).to.deep.include({
            type: "ecs:container-instance",
            name: "i-1",
            id: registered(1).arn,
        });
    });

    it("waits until a deleted service is really gone", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            services: { alice: [service("web", { desired: 0, running: 0 })] },
        });
        fake.aws.ecs.deleteService = () => {
            fake.state.services = { alice: [service("web", { status: "DRAINING", desired: 0 })] };
            return Promise.resolve();
        };
        const { result, seconds } = await empty(fake, {
            onSleep: (passed, state) => {
                state.services = passed > 10 ? {} : state.services;
            },
        });
        expect(result).to.be.an("array");
        expect(seconds).to.be.greaterThan(10);
    });

    it("does nothing the second time, and nothing where there is no cluster", async () => {
        const fake = busyCluster();
        await empty(fake, { onSleep: (_, state) => stopCountedTasks(state) });
        fake.changes.length = 0;
        expect((await empty(fake)).result).to.deep.equal([]);
        expect(fake.changes).to.deep.equal([]);
        expect((await empty(createFakeAws())).result).to.deep.equal([]);
        expect(
            (await empty(createFakeAws({ clusters: [cluster({ status: "INACTIVE" })] }))).result,
        ).to.deep.equal([]);
    });

    for (const code of ["AWS_ACCESS_DENIED", "AWS_FAILED"] as const) {
        it(`goes on with a warning when Application Auto Scaling answers ${code}`, async () => {
            const fake = busyCluster();
            fake.state.errors = {
                "applicationScaling.scalableServices": new AppError(code, { message: "no such call" }),
            };
            const { recorded } = await empty(fake, { onSleep: (_, state) => stopCountedTasks(state) });
            expect(recorded.notes[0]).to.equal(
                "warning: lowering the minimums of Application Auto Scaling is left out: no such call",
            );
            expect(fake.changes).to.include("deleteService web");
        });
    }
});

describe("emptyCluster in a cluster that is not its own", () => {
    const shared = (): FakeAws => {
        const fake = busyCluster();
        fake.state.clusters = [cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } })];
        fake.state.instances = [instance(1), instance(2, { tags: {} })];
        fake.state.groups = [];
        fake.state.tasks["alice"] = [
            task("t-1", "service:web"),
            task("t-2", "service:web", { containerInstanceArn: registered(2).arn }),
            task("t-4", "family:job", { taskDefinition: "job:7" }),
            task("t-5", "family:job", { taskDefinition: "job:7", containerInstanceArn: registered(2).arn }),
        ];
        return fake;
    };
    const moveTasks = (state: FakeAwsState): void => {
        state.tasks["alice"] = (state.tasks["alice"] ?? []).map((one) => ({
            ...one,
            containerInstanceArn: registered(2).arn,
        }));
    };

    for (const adopted of [true, false]) {
        it(`only drains its own hosts (${adopted ? "adopted" : "named in the settings, but tagged by another stack"})`, async () => {
            const fake = shared();
            const { result } = await empty(fake, { adopted, onSleep: (_, state) => moveTasks(state) });
            expect(fake.changes).to.deep.equal([
                `drain ${registered(1).arn}`,
                "stopTask arn:aws:ecs:eu-central-1:123456789012:task/alice/t-4",
            ]);
            expect(result).to.have.lengthOf(1);
        });
    }

    it("never touches an adopted cluster's services, even if the cluster carries its tag", async () => {
        const fake = shared();
        fake.state.clusters = [cluster()];
        await empty(fake, { adopted: true, onSleep: (_, state) => moveTasks(state) });
        expect(fake.changes.join()).not.to.match(/deleteService|setDesiredCount|setMinimum/);
    });

    it("names the service whose tasks find no other host", async () => {
        const { result } = await empty(shared(), { adopted: true });
        expect((result as AppError).details).to.deep.equal([
            "task web:3 of service web (t-1) on i-1: RUNNING",
        ]);
    });

    it("deregisters its own silent hosts only", async () => {
        const fake = shared();
        fake.state.tasks = {};
        fake.state.containerInstances["alice"] = [
            registered(1, { agentConnected: false }),
            registered(2, { agentConnected: false }),
        ];
        await empty(fake, { adopted: true });
        expect(fake.changes).to.deep.equal([`deregister ${registered(1).arn}`]);
    });
});

describe("survey", () => {
    it("lists services, stand-alone tasks, hosts and volumes", async () => {
        const fake = busyCluster();
        fake.state.instances.push(instance(3, { state: "terminated" }));
        fake.state.volumes = [
            {
                id: "vol-1",
                sizeGiB: 100,
                tags: { ...ownTags, [tagKeys.name]: "alice-docker-1", [tagKeys.keep]: "true" },
            },
            { id: "vol-2", sizeGiB: 50, tags: ownTags },
        ];
        const found = await survey({ ...targetIn(fake), adopted: false }, recordProgress().progress);
        expect(found.cluster?.name).to.equal("alice");
        expect(found.hosts.map((one) => [one.instanceId, one.containerInstance?.status])).to.deep.equal([
            ["i-1", "ACTIVE"],
            ["i-2", "ACTIVE"],
        ]);
        expect(found.services.map((one) => one.name)).to.deep.equal(["logs", "web"]);
        expect(found.standaloneTasks).to.deep.equal(["job:7 (t-4)"]);
        expect(found.volumes).to.deep.equal([
            { volumeId: "vol-1", name: "alice-docker-1", sizeGiB: 100, keep: true },
            { volumeId: "vol-2", name: "vol-2", sizeGiB: 50, keep: false },
        ]);
    });

    it("leaves out what runs in a cluster that is not its own", async () => {
        const found = await survey({ ...targetIn(busyCluster()), adopted: true }, recordProgress().progress);
        expect(found.services).to.deep.equal([]);
        expect(found.standaloneTasks).to.deep.equal([]);
        expect(found.hosts).to.have.lengthOf(2);
    });
});

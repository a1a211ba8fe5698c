import { expect } from "chai";

import { emptyCluster } from "../../../automation/emptying/emptyCluster";
import { AppError } from "../../../automation/errors/appError";
import { destroyPlan } from "../../../automation/teardown/plan";
import { survey } from "../../../automation/teardown/survey";
import { cluster, instance, registered, service, targetIn, task } from "../../helpers/awsObjects";
import { tagKeys } from "../../../components/model/tags";
import { createFakeAws, ownTags, stackId, type FakeAws, type FakeAwsState } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";

const ecsArn = (what: string): string => `arn:aws:ecs:eu-central-1:123456789012:${what}`;
const daemon = { name: "agent", arn: ecsArn("daemon/alice/agent"), status: "ACTIVE" };
const managed = {
    name: "managed",
    arn: ecsArn("capacity-provider/managed"),
    isScoped: true,
    status: "ACTIVE",
};
const fargate = {
    name: "FARGATE",
    arn: ecsArn("capacity-provider/FARGATE"),
    isScoped: false,
    status: "ACTIVE",
};
const targetGroup = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef";

/** All that people can add to a cluster and a group, beside services and tasks. */
function hostile(): FakeAws {
    return createFakeAws({
        clusters: [cluster()],
        instances: [
            instance(1),
            instance(2, { tags: { Name: "alice-host-2", "aws:ec2launchtemplate:id": "lt-1" } }),
            instance(7, { tags: {} }),
            instance(8, { tags: { "aws:ec2launchtemplate:id": "lt-bob" } }),
            instance(9, { tags: {} }),
        ],
        containerInstances: {
            alice: [registered(1), registered(7, { capacityProvider: "managed" }), registered(9)],
        },
        daemons: { alice: [daemon] },
        clusterCapacityProviders: { alice: [managed, fargate] },
        groups: [
            {
                name: "alice-hosts",
                ...{ desired: 3, min: 2, max: 4 },
                instanceIds: ["i-1", "i-2", "i-7", "i-8"],
                ...{ suspendedProcesses: [], protectedInstanceIds: [], leaving: false },
                tags: ownTags,
            },
        ],
        lifecycleHooks: {
            "alice-hosts": [
                { name: "ship-logs", timeoutSeconds: 3600 },
                { name: "ecs-managed-draining-termination-hook", timeoutSeconds: 3600 },
            ],
        },
    });
}

async function empty(
    fake: FakeAws,
    onSleep: (seconds: number, state: FakeAwsState) => void = () => undefined,
) {
    const recorded = recordProgress();
    const clock = createFakeClock((seconds) => {
        onSleep(seconds, fake.state);
    });
    const target = {
        ...targetIn(fake, { clock }),
        adopted: false,
        stateIds: new Set(["", "alice-hosts", "lt-1"]),
    };
    const result = await emptyCluster(target, { timeoutSeconds: 60 }, recorded.progress).catch(
        (error: unknown) => error,
    );
    return { result, recorded, seconds: clock.seconds };
}

describe("what people have added to an environment", () => {
    it("goes where it is the cluster's own, and leaves where it is of others", async () => {
        const fake = hostile();
        const { result } = await empty(fake);
        expect(fake.changes).to.deep.equal([
            "removeDaemon agent",
            `removeCapacityProvider ${managed.arn} of alice`,
            `deregister ${registered(9).arn}`,
            "detachCapacityProviders alice",
            "resize alice-hosts 0 4 3",
            "detachInstances alice-hosts i-7,i-8",
        ]);
        expect(result).to.deep.include({ type: "ecs:daemon", name: "agent", id: daemon.arn });
        expect(result).to.deep.include({ type: "ecs:capacity-provider", name: "managed", id: managed.arn });
    });

    it("is in the plan, with what stays", async () => {
        const fake = hostile();
        const tags = { [tagKeys.attachedTo]: stackId };
        const workers = { name: "workers", arn: "arn:cp/workers", isScoped: false, status: "ACTIVE", tags };
        fake.state.clusterCapacityProviders["alice"]?.push(workers);
        fake.state.groupProviders = [{ ...workers, group: "workers", isManaged: false }];
        const target = {
            ...targetIn(fake),
            adopted: false,
            stateIds: new Set(["alice-hosts", "lt-1", "i-1", "i-2"]),
        };
        const found = await survey(target, recordProgress().progress);
        const plan = destroyPlan("alice", [], found, "alice", { holders: [], spared: [] });
        expect(plan.at(-1)).to.equal(
            "  ends the loan of attached groups, which stay with their instances; their capacity providers are deleted: workers",
        );
        expect(plan.slice(1, -1)).to.deep.equal([
            "  host                   i-1 (eu-central-1a, running)",
            "  host                   i-2 (eu-central-1a, running)",
            "  cluster                alice",
            "  managed daemon         agent",
            "  capacity provider      managed, with the hosts that ECS has started for it",
            "  lifecycle hook         ship-logs of alice-hosts, which holds no host then",

            "  takes i-9 off the cluster: not of alice, its instance stays",
            "  lets i-7, i-8 leave the group alice-hosts: not of alice",
            "  takes capacity providers off the cluster, which stay: FARGATE",
        ]);
    });

    it("says what ECS refuses last, and since when, until it accepts it", async () => {
        const fake = hostile();
        const { ecs } = fake.aws;
        const removeCapacityProvider = ecs.removeCapacityProvider.bind(ecs);
        const refusal = new AppError("AWS_FAILED", { message: "a daemon uses it" });
        let refusals = 2;
        fake.aws.ecs.removeCapacityProvider = (...given) => {
            refusals -= 1;
            return refusals < 0 ? removeCapacityProvider(...given) : Promise.reject(refusal);
        };
        const { result, recorded } = await empty(fake);
        expect(result).to.be.an("array");
        expect(recorded.statuses).to.deep.include(["capacity provider managed: a daemon uses it"]);
    });

    it("is named with ECS's refusal where it does not go in time", async () => {
        const fake = hostile();
        fake.state.errors = {
            "ecs.removeDaemon": new AppError("AWS_FAILED", { message: "a deployment is in progress" }),
        };
        const { result, seconds } = await empty(fake);
        expect((result as AppError).code).to.equal("CLUSTER_NOT_EMPTY");
        expect((result as AppError).details).to.deep.equal(["daemon agent: a deployment is in progress"]);
        expect(seconds).to.equal(60);
    });

    it("is left where the region has no such thing, with a warning", async () => {
        const fake = hostile();
        fake.state.errors = { "ecs.daemons": new AppError("AWS_FAILED", { message: "unknown operation" }) };
        const { recorded } = await empty(fake);
        expect(recorded.notes).to.include("warning: deleting managed daemons is left out: unknown operation");
        expect(fake.changes).to.include("detachCapacityProviders alice");
    });
});

describe("an instance of others in a group", () => {
    for (const [what, errors] of Object.entries({
        "may not be let go": {
            "autoScaling.detachInstances": new AppError("AWS_ACCESS_DENIED", { message: "not allowed" }),
        },
        "does not leave": {},
    })) {
        it(`keeps the group from being deleted with it where it ${what}`, async () => {
            const fake = hostile();
            fake.state.errors = errors;
            const { autoScaling } = fake.aws;
            const detachInstances = autoScaling.detachInstances.bind(autoScaling);
            fake.aws.autoScaling.detachInstances = (group) => detachInstances(group, []);
            const { result } = await empty(fake);
            expect(result).to.be.instanceOf(AppError);
            expect((result as AppError).code).to.equal(
                what === "does not leave" ? "CLUSTER_NOT_EMPTY" : "AWS_ACCESS_DENIED",
            );
        });
    }
});

describe("services that are not like others", () => {
    it("are deleted by ECS's own call where they are Express services, and their count is left alone", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            services: { alice: [service("shop", { isExpress: true, desired: 1, running: 1 })] },
            tasks: { alice: [task("t-1", "service:shop", { containerInstanceArn: undefined })] },
        });
        const { result } = await empty(fake, (seconds, state) => {
            if (seconds > 5) {
                state.tasks = {};
                state.services = {};
            }
        });
        expect(fake.changes).to.deep.equal(["removeExpressService shop"]);
        expect(result).to.have.lengthOf(1);
    });

    it("get as long as their load balancer and stop timeout take, and whoever waits is told why", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            services: { alice: [service("web", { targetGroups: [targetGroup] })] },
            tasks: { alice: [task("t-1", "service:web")] },
            taskDefinitions: { "web:3": { hostPorts: [], placementConstraints: [], stopTimeoutSeconds: 90 } },
            deregistrationDelays: { [targetGroup]: 300 },
        });
        const { result, recorded, seconds } = await empty(fake);
        expect(recorded.notes[0]).to.equal(
            "tasks may take up to 7 min 30 s to stop: target group web lets requests end for 5 min, and containers of web:3 may take 1 min 30 s to stop",
        );
        expect((result as AppError).message).to.match(/^cluster alice is not empty after 7 min 30 s/);
        expect(seconds).to.equal(450);
    });

    it("are waited for where somebody has deleted them, and ECS lists them no more", async () => {
        const fake = createFakeAws({
            clusters: [cluster()],
            services: { alice: [service("old", { status: "DRAINING", desired: 0, running: 1 })] },
            tasks: {
                alice: [task("t-1", "service:old", { lastStatus: "DEACTIVATING", desiredStatus: "STOPPED" })],
            },
        });
        const { recorded, seconds } = await empty(fake, (passed, state) => {
            if (passed > 10) {
                state.tasks = {};
                state.services = {};
            }
        });
        expect(recorded.statuses[0]).to.deep.equal(["task web:3 of service old (t-1): DEACTIVATING"]);
        expect(seconds).to.be.greaterThan(10);
    });
});

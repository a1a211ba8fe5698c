import { expect } from "chai";
import { checkCluster } from "../../../../components/model/checks/cluster";
import type { Cluster } from "../../../../components/model/checks/reads";

const stack = "organization/sles-ecs/alice";
const arn = "arn:aws:ecs:eu-central-1:123456789012:cluster/alice";
const foreign: Cluster = {
    name: "alice",
    arn,
    status: "ACTIVE",
    registeredHosts: 1,
    runningTasks: 1,
    pendingTasks: 1,
    tags: {},
};
const own: Cluster = { ...foreign, tags: { "sles-ecs:stack": stack } };

/** Codes of the findings. */
async function check(
    cluster: Cluster | undefined,
    {
        adoptCluster = false,
        ...known
    }: { adoptCluster?: boolean; stateIsEmpty?: boolean; stackId?: string } = {},
) {
    const { findings, adopted } = await checkCluster(
        { cluster: () => Promise.resolve(cluster) },
        { environment: "alice", stack, settings: { clusterName: "alice", adoptCluster }, ...known },
    );
    return {
        codes: findings.map(({ code }) => code),
        messages: findings.map(({ message }) => message),
        adopted,
    };
}

describe("a cluster's name", () => {
    // ECS API reference, Cluster, status.
    for (const [status, isFree, mayBeAdopted] of [
        ["ACTIVE", false, true],
        ["PROVISIONING", false, false],
        ["DEPROVISIONING", false, false],
        ["FAILED", false, false],
        ["INACTIVE", true, false],
    ] as const) {
        it(`is ${isFree ? "free" : "taken"} while a cluster of it is ${status}, which may ${mayBeAdopted ? "" : "not "}be adopted`, async () => {
            const cluster = { ...foreign, status };
            expect((await check(cluster)).codes).to.deep.equal(isFree ? [] : ["CLUSTER_NAME_TAKEN"]);
            const adopting = await check(cluster, { adoptCluster: true });
            expect(adopting.codes).to.deep.equal(mayBeAdopted ? [] : ["CLUSTER_NOT_FOUND"]);
            expect(adopting.adopted).to.deep.equal(mayBeAdopted ? { name: "alice", arn } : undefined);
            expect((await check({ ...own, status }, { stateIsEmpty: false })).codes).to.deep.equal([]);
        });
    }

    it("is lost with the state where the cluster's tag is the environment's, if the state is known", async () => {
        expect((await check(own, { stateIsEmpty: true })).codes).to.deep.equal(["CLUSTER_NAME_TAKEN"]);
        expect((await check(own)).codes).to.deep.equal([]);
    });

    it("is whose id its tag has, whatever the stack is called", async () => {
        const named = (stackId: string) => ({ ...own, tags: { ...own.tags, "sles-ecs:stack-id": stackId } });
        for (const stateIsEmpty of [true, false, undefined]) {
            expect((await check(named("1d"), { stackId: "1d", stateIsEmpty })).codes).to.deep.equal([]);
            const { codes, messages } = await check(named("2d"), { stackId: "1d", stateIsEmpty });
            expect(codes).to.deep.equal(["CLUSTER_NAME_TAKEN"]);
            expect(messages[0]).to.contain(`belongs to a stack that is called ${stack} as well`);
        }
        expect((await check(named("2d"), { stateIsEmpty: false })).codes).to.deep.equal([
            "CLUSTER_NAME_TAKEN",
        ]);
        const adopting = await check(named("2d"), { stackId: "1d", adoptCluster: true });
        expect(adopting.adopted, "somebody else's").to.deep.equal({ name: "alice", arn });
    });

    it("is told with what the cluster holds, as far as that is known", async () => {
        expect((await check(foreign)).messages[0]).to.contain("(1 host, 2 tasks)");
        expect((await check({ ...foreign, activeServices: 1 })).messages[0]).to.contain(
            "(1 host, 1 service, 2 tasks)",
        );
    });
});

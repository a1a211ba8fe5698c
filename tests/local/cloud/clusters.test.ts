import { expect } from "chai";
import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// The refusals and their names: API reference of DeleteCluster and CreateCluster.
describe("clusters of the local cloud", () => {
    const cloud = useCloud();

    it("CreateCluster answers with the active cluster of that name and leaves its tags alone", async () => {
        const { ecs } = cloud();
        const first = await ecs.createCluster({
            clusterName: "dev",
            tags: [{ key: "owner", value: "alice" }],
        });
        const second = await ecs.createCluster({
            clusterName: "dev",
            tags: [{ key: "owner", value: "bob" }],
        });
        expect(second.cluster?.clusterArn).to.equal(first.cluster?.clusterArn);
        const { clusters } = await ecs.describeClusters({ clusters: ["dev"], include: ["TAGS"] });
        expect(clusters?.[0]?.tags).to.deep.equal([{ key: "owner", value: "alice" }]);
    });

    it("an empty cluster is deleted, is INACTIVE, not listed, and found by no tag query", async () => {
        const { ecs, tagging } = cloud();
        await ecs.createCluster({ clusterName: "dev", tags: [{ key: "owner", value: "alice" }] });
        const { cluster } = await ecs.deleteCluster({ cluster: "dev" });
        expect(cluster?.status).to.equal("INACTIVE");
        expect((await ecs.describeClusters({ clusters: ["dev"] })).clusters?.[0]?.status).to.equal(
            "INACTIVE",
        );
        expect((await ecs.listClusters({})).clusterArns).to.deep.equal([]);
        const { ResourceTagMappingList: tagged } = await tagging.getResources({
            TagFilters: [{ Key: "owner" }],
        });
        expect(tagged).to.deep.equal([]);
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal("ClusterNotFoundException");
    });

    it("a deleted cluster's name can be used again, for an empty cluster", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await ecs.deleteCluster({ cluster: "dev" });
        const { cluster } = await ecs.createCluster({
            clusterName: "dev",
            tags: [{ key: "owner", value: "bob" }],
        });
        expect(cluster?.status).to.equal("ACTIVE");
        expect(cluster?.tags).to.deep.equal([{ key: "owner", value: "bob" }]);
    });

    it("DeleteCluster refuses while hosts, tasks or services are there, naming what", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const remove = () => errorOf(ecs.deleteCluster({ cluster: "dev" }));
        expect(await remove()).to.equal("ClusterContainsContainerInstancesException");

        const family = await taskDefinition(cloud());
        const { tasks } = await ecs.runTask({ cluster: "dev", taskDefinition: family });
        expect(await remove()).to.equal("ClusterContainsTasksException");

        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: family,
            desiredCount: 0,
        });
        expect(await remove()).to.equal("ClusterContainsServicesException");

        await ecs.deleteService({ cluster: "dev", service: "web" });
        await ecs.stopTask({ cluster: "dev", task: tasks?.[0]?.taskArn });
        await eventually(remove, (name) => name === "ClusterContainsContainerInstancesException");
        const [host] = await hostsOf(cloud(), "dev");
        await ecs.deregisterContainerInstance({
            cluster: "dev",
            containerInstance: host?.containerInstanceArn,
        });
        const { cluster } = await ecs.deleteCluster({ cluster: "dev" });
        expect(cluster).to.include({
            status: "INACTIVE",
            registeredContainerInstancesCount: 0,
            runningTasksCount: 0,
            activeServicesCount: 0,
        });
    });

    it("DescribeClusters counts hosts, tasks and services", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 2);
        const family = await taskDefinition(cloud());
        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: family,
            desiredCount: 3,
        });
        const cluster = await eventually(
            async () => (await ecs.describeClusters({ clusters: ["dev"] })).clusters?.[0],
            (one) => one?.runningTasksCount === 3,
        );
        expect(cluster).to.include({
            registeredContainerInstancesCount: 2,
            pendingTasksCount: 0,
            activeServicesCount: 1,
        });
    });

    it("asking for the hosts of an empty cluster is answered, of a missing one refused", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        expect((await ecs.listContainerInstances({ cluster: "dev" })).containerInstanceArns).to.deep.equal(
            [],
        );
        const { failures } = await ecs.describeContainerInstances({
            cluster: "dev",
            containerInstances: ["nobody"],
        });
        expect(failures?.[0]?.reason).to.equal("MISSING");
        expect(await errorOf(ecs.listContainerInstances({ cluster: "prod" }))).to.equal(
            "ClusterNotFoundException",
        );
    });
});

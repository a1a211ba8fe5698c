import { expect } from "chai";
import { taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// The rules: API references of CreateCapacityProvider, DescribeCapacityProviders, DeleteCapacityProvider, DeleteCluster.
describe("capacity providers of Managed Instances in the local cloud", () => {
    const cloud = useCloud();

    const managedInstancesProvider = {
        infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
        instanceLaunchTemplate: {
            ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/hosts",
            networkConfiguration: { subnets: ["subnet-12345678"] },
        },
    };

    async function create(name = "managed", cluster: string | undefined = "dev"): Promise<string> {
        const { capacityProvider } = await cloud().ecs.createCapacityProvider({
            name,
            cluster,
            managedInstancesProvider,
            tags: [{ key: "team", value: "shop" }],
        });
        return capacityProvider?.capacityProviderArn ?? "";
    }

    async function remove(cluster?: string) {
        return cloud().ecs.deleteCapacityProvider({ capacityProvider: "managed", cluster });
    }

    async function names(input: { cluster?: string; capacityProviders?: string[] } = {}) {
        const { capacityProviders } = await cloud().ecs.describeCapacityProviders(input);
        return capacityProviders?.map(({ name }) => name);
    }

    beforeEach(async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        await cloud().ecs.createCluster({ clusterName: "other" });
    });

    it("are of their cluster from the first, and of no other", async () => {
        const { ecs } = cloud();
        const arn = await create();
        const { clusters } = await ecs.describeClusters({ clusters: ["dev", "other"] });
        expect(clusters?.map(({ capacityProviders }) => capacityProviders)).to.deep.equal([["managed"], []]);
        expect(await names()).to.deep.equal(["managed"]);
        expect(await names({ cluster: "dev" })).to.deep.equal(["managed"]);
        expect(await names({ cluster: "other" })).to.deep.equal([]);
        const byArn = await ecs.describeCapacityProviders({ capacityProviders: [arn, "nobody"] });
        expect(byArn.capacityProviders?.[0]).to.include({
            type: "MANAGED_INSTANCES",
            status: "ACTIVE",
            cluster: clusters?.[0]?.clusterArn,
        });
        expect(byArn.failures?.map(({ reason }) => reason)).to.deep.equal(["MISSING"]);
    });

    it("want a cluster, and all that instances need, and a name that no other has", async () => {
        const { ecs } = cloud();
        await create();
        const code = "InvalidParameterException";
        expect(await errorOf(create())).to.equal(code);
        expect(
            await errorOf(ecs.createCapacityProvider({ name: "more", managedInstancesProvider })),
        ).to.equal(code);
        expect(await errorOf(create("more", "nobody"))).to.equal("ClusterNotFoundException");
        const bare = { ...managedInstancesProvider, infrastructureRoleArn: undefined };
        const input = { name: "more", cluster: "dev", managedInstancesProvider: bare };
        expect(await errorOf(ecs.createCapacityProvider(input))).to.equal(code);
    });

    it("show their tags to who asks for them, and take new ones", async () => {
        const { ecs } = cloud();
        const resourceArn = await create();
        expect((await ecs.describeCapacityProviders({})).capacityProviders?.[0]?.tags).to.equal(undefined);
        await ecs.tagResource({ resourceArn, tags: [{ key: "owner", value: "bob" }] });
        await ecs.untagResource({ resourceArn, tagKeys: ["team"] });
        const tags = [{ key: "owner", value: "bob" }];
        expect((await ecs.listTagsForResource({ resourceArn })).tags).to.deep.equal(tags);
        const described = await ecs.describeCapacityProviders({ include: ["TAGS"] });
        expect(described.capacityProviders?.[0]?.tags).to.deep.equal(tags);
    });

    it("go by their cluster, take their time, and hold up the cluster until they are gone", async () => {
        const { ecs } = cloud();
        await create();
        expect(await errorOf(remove())).to.equal("InvalidParameterException");
        expect(await errorOf(remove("other"))).to.equal("InvalidParameterException");
        await cloud().control("POST", "settings", { taskSeconds: 0.5 });
        const { capacityProvider } = await remove("dev");
        expect(capacityProvider).to.include({ status: "DEPROVISIONING", updateStatus: "DELETE_IN_PROGRESS" });
        expect(await errorOf(remove("dev"))).to.equal("UpdateInProgressException");
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsCapacityProviderException",
        );
        await eventually(names, (left) => left?.length === 0);
        expect((await ecs.deleteCluster({ cluster: "dev" })).cluster?.status).to.equal("INACTIVE");
    });

    it("stay while the strategy of a service names them", async () => {
        const { ecs } = cloud();
        await create();
        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud()),
            desiredCount: 0,
            capacityProviderStrategy: [{ capacityProvider: "managed", weight: 1 }],
        });
        expect(await errorOf(remove("dev"))).to.equal("ClientException");
        await ecs.deleteService({ cluster: "dev", service: "web" });
        expect((await remove("dev")).capacityProvider?.status).to.equal("DEPROVISIONING");
    });

    it("stay with their cluster when its other capacity providers are set", async () => {
        const { ecs } = cloud();
        await create();
        const { cluster } = await ecs.putClusterCapacityProviders({
            cluster: "dev",
            capacityProviders: [],
            defaultCapacityProviderStrategy: [],
        });
        expect(cluster?.capacityProviders).to.deep.equal(["managed"]);
    });

    it("are shown ten at a time", async () => {
        const { ecs } = cloud();
        for (let index = 0; index < 11; index += 1) {
            await create(`managed-${index}`);
        }
        const { capacityProviders, nextToken } = await ecs.describeCapacityProviders({});
        expect(capacityProviders).to.have.length(10);
        const rest = await ecs.describeCapacityProviders({ nextToken });
        expect(rest.capacityProviders?.map(({ name }) => name)).to.deep.equal(["managed-10"]);
        expect(rest.nextToken).to.equal(undefined);
    });
});

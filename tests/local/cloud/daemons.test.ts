import { expect } from "chai";
import { errorOf, eventually, useCloud } from "./testCloud";

// The rules: API references of CreateDaemon, ListDaemons, DescribeDaemon, DeleteDaemon.
describe("managed daemons of the local cloud", () => {
    const cloud = useCloud();

    async function provider(name: string): Promise<string> {
        const { capacityProvider } = await cloud().ecs.createCapacityProvider({
            name,
            cluster: "dev",
            managedInstancesProvider: {
                infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
                instanceLaunchTemplate: {
                    ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/hosts",
                    networkConfiguration: { subnets: ["subnet-12345678"] },
                },
            },
        });
        return capacityProvider?.capacityProviderArn ?? "";
    }

    async function create(daemonName: string, ...capacityProviderArns: string[]): Promise<string> {
        const { ecs } = cloud();
        const { daemonTaskDefinitionArn } = await ecs.registerDaemonTaskDefinition({
            family: "agent",
            containerDefinitions: [{ name: "agent", image: "registry.suse.com/bci/bci-base:15.7" }],
        });
        const created = await ecs.createDaemon({
            daemonName,
            clusterArn: "dev",
            daemonTaskDefinitionArn,
            capacityProviderArns,
        });
        expect(created.status).to.equal("ACTIVE");
        return created.daemonArn ?? "";
    }

    async function listed(input: { capacityProviderArns?: string[]; maxResults?: number } = {}) {
        const { daemonSummariesList } = await cloud().ecs.listDaemons({ clusterArn: "dev", ...input });
        return daemonSummariesList?.map(({ daemonArn }) => daemonArn);
    }

    beforeEach(async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
    });

    it("are listed by cluster and capacity provider, in pages", async () => {
        const { ecs } = cloud();
        const [one, other] = [await provider("one"), await provider("other")];
        const logs = await create("logs", one);
        const metrics = await create("metrics", one, other);
        expect(await listed()).to.deep.equal([logs, metrics]);
        expect(await listed({ capacityProviderArns: [other] })).to.deep.equal([metrics]);
        const first = await ecs.listDaemons({ clusterArn: "dev", maxResults: 1 });
        expect(first.daemonSummariesList?.map(({ daemonArn }) => daemonArn)).to.deep.equal([logs]);
        const next = await ecs.listDaemons({ clusterArn: "dev", maxResults: 1, nextToken: first.nextToken });
        expect(next.daemonSummariesList?.map(({ daemonArn }) => daemonArn)).to.deep.equal([metrics]);
        const { daemon } = await ecs.describeDaemon({ daemonArn: metrics });
        expect(daemon?.currentRevisions?.[0]?.capacityProviders?.map(({ arn }) => arn)).to.deep.equal([
            one,
            other,
        ]);
    });

    it("run on capacity providers of Managed Instances alone", async () => {
        expect(await errorOf(create("logs", "FARGATE"))).to.equal("InvalidParameterException");
    });

    it("are DELETE_IN_PROGRESS for a while, then gone, and until then keep their capacity provider and cluster", async () => {
        const { ecs } = cloud();
        const capacityProvider = await provider("managed");
        const daemonArn = await create("logs", capacityProvider);
        const removeProvider = () => ecs.deleteCapacityProvider({ capacityProvider, cluster: "dev" });
        await cloud().control("POST", "settings", { taskSeconds: 0.5 });
        expect(await errorOf(removeProvider())).to.equal("ClientException");
        expect((await ecs.deleteDaemon({ daemonArn })).status).to.equal("DELETE_IN_PROGRESS");
        expect(await errorOf(ecs.deleteDaemon({ daemonArn }))).to.equal("DaemonNotActiveException");
        expect((await ecs.describeDaemon({ daemonArn })).daemon?.status).to.equal("DELETE_IN_PROGRESS");
        expect(await errorOf(removeProvider())).to.equal("ClientException");
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsCapacityProviderException",
        );
        await eventually(listed, (left) => left?.length === 0);
        expect(await errorOf(ecs.describeDaemon({ daemonArn }))).to.equal("DaemonNotFoundException");
        expect((await removeProvider()).capacityProvider?.status).to.equal("DEPROVISIONING");
    });
});

import { expect } from "chai";
import { clusterWithHosts, imageId, taskDefinition } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

// The rules: API references of CreateCapacityProvider, PutClusterCapacityProviders, DeleteCapacityProvider.
describe("capacity providers of the local cloud", () => {
    const cloud = useCloud();

    async function group(name: string, isProtected = false): Promise<string> {
        const { ec2, autoScaling } = cloud();
        await ec2.createLaunchTemplate({
            LaunchTemplateName: name,
            LaunchTemplateData: { ImageId: await imageId(cloud()), InstanceType: "t3.medium" },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: name,
            LaunchTemplate: { LaunchTemplateName: name },
            MinSize: 0,
            MaxSize: 3,
            AvailabilityZones: ["us-east-1a"],
            NewInstancesProtectedFromScaleIn: isProtected,
        });
        const { AutoScalingGroups: groups } = await autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: [name],
        });
        return groups?.[0]?.AutoScalingGroupARN ?? "";
    }

    async function provider(name: string): Promise<void> {
        await cloud().ecs.createCapacityProvider({
            name,
            autoScalingGroupProvider: { autoScalingGroupArn: await group(name) },
        });
    }

    it("are listed without being asked for by name, and mark their group", async () => {
        await provider("hosts");
        const { capacityProviders } = await cloud().ecs.describeCapacityProviders({});
        expect(capacityProviders?.map(({ name, status }) => [name, status])).to.deep.equal([
            ["hosts", "ACTIVE"],
        ]);
        expect(capacityProviders?.[0]?.autoScalingGroupProvider?.managedDraining).to.equal("ENABLED");
        const { Tags: tags } = await cloud().autoScaling.describeTags({});
        expect(tags?.map(({ Key }) => Key)).to.include("AmazonECSManaged");
    });

    it("want a group that exists, one of their own, a good name, and protection when they protect", async () => {
        const { ecs } = cloud();
        const create = (name: string, autoScalingGroupArn: string, more = {}) =>
            errorOf(
                ecs.createCapacityProvider({
                    name,
                    autoScalingGroupProvider: { autoScalingGroupArn, ...more },
                }),
            );
        const arn = await group("hosts");
        expect(
            await create(
                "hosts",
                "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:x:autoScalingGroupName/no",
            ),
        ).to.equal("InvalidParameterException");
        expect(await create("aws-hosts", arn)).to.equal("InvalidParameterException");
        const protect = { managedTerminationProtection: "ENABLED", managedScaling: { status: "ENABLED" } };
        expect(await create("hosts", arn, protect)).to.equal("InvalidParameterException");
        await ecs.createCapacityProvider({
            name: "hosts",
            autoScalingGroupProvider: { autoScalingGroupArn: arn },
        });
        expect(await create("hosts", arn)).to.equal("InvalidParameterException");
        expect(await create("others", arn)).to.equal("InvalidParameterException");
        const guarded = { autoScalingGroupArn: await group("guarded", true), ...protect } as const;
        await ecs.createCapacityProvider({ name: "guarded", autoScalingGroupProvider: guarded as never });
    });

    it("are put on a cluster only when they exist, with a strategy that uses only them", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await provider("hosts");
        const put = (capacityProviders: string[], names: string[]) =>
            ecs.putClusterCapacityProviders({
                cluster: "dev",
                capacityProviders,
                defaultCapacityProviderStrategy: names.map((capacityProvider) => ({
                    capacityProvider,
                    weight: 1,
                })),
            });
        expect(await errorOf(put(["nobody"], []))).to.equal("InvalidParameterException");
        expect(await errorOf(put(["hosts"], ["FARGATE"]))).to.equal("InvalidParameterException");
        expect(await errorOf(put(["hosts", "FARGATE"], ["hosts", "FARGATE"]))).to.equal(
            "InvalidParameterException",
        );
        const { cluster } = await put(["hosts"], ["hosts"]);
        expect(cluster?.capacityProviders).to.deep.equal(["hosts"]);
    });

    it("keep their cluster, and are kept by it, until they are taken off", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await provider("hosts");
        const put = (capacityProviders: string[]) =>
            ecs.putClusterCapacityProviders({
                cluster: "dev",
                capacityProviders,
                defaultCapacityProviderStrategy: [],
            });
        await put(["hosts"]);
        expect(await errorOf(ecs.deleteCapacityProvider({ capacityProvider: "hosts" }))).to.equal(
            "ClientException",
        );
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsCapacityProviderException",
        );
        await put([]);
        const { capacityProvider } = await ecs.deleteCapacityProvider({ capacityProvider: "hosts" });
        expect(capacityProvider?.status).to.equal("INACTIVE");
        expect((await ecs.describeCapacityProviders({})).capacityProviders).to.deep.equal([]);
        expect((await ecs.deleteCluster({ cluster: "dev" })).cluster?.status).to.equal("INACTIVE");
    });

    it("stay on a cluster while a service uses them", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 0);
        await provider("hosts");
        const put = (capacityProviders: string[]) =>
            ecs.putClusterCapacityProviders({
                cluster: "dev",
                capacityProviders,
                defaultCapacityProviderStrategy: [],
            });
        await put(["hosts"]);
        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud()),
            desiredCount: 0,
            capacityProviderStrategy: [{ capacityProvider: "hosts", weight: 1 }],
        });
        expect(await errorOf(put([]))).to.equal("ResourceInUseException");
        await ecs.deleteService({ cluster: "dev", service: "web" });
        expect((await put([])).cluster?.capacityProviders).to.deep.equal([]);
    });
});

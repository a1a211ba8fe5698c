import { expect } from "chai";
import { taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// Sources: API references of CreateExpressGatewayService, DeleteExpressGatewayService, ListServices and Service.
describe("Express services of the local cloud", () => {
    const cloud = useCloud();

    const shop = {
        cluster: "dev",
        serviceName: "shop",
        infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
        executionRoleArn: "arn:aws:iam::123456789012:role/execution",
        primaryContainer: { image: "registry.suse.com/suse/nginx:1.21" },
    };

    async function create(): Promise<string> {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        const { service } = await ecs.createExpressGatewayService(shop);
        expect(service?.status?.statusCode).to.equal("ACTIVE");
        return service?.serviceArn ?? "";
    }

    async function describeShop() {
        const { services } = await cloud().ecs.describeServices({ cluster: "dev", services: ["shop"] });
        return services?.[0];
    }

    it("run one task on Fargate, without a host, until they are deleted", async () => {
        const { ecs } = cloud();
        const serviceArn = await create();
        await eventually(describeShop, (one) => one?.runningCount === 1);
        const { taskArns: tasks = [] } = await ecs.listTasks({ cluster: "dev" });
        const [task] = (await ecs.describeTasks({ cluster: "dev", tasks })).tasks ?? [];
        expect(task).to.include({ launchType: "FARGATE", group: "service:shop", lastStatus: "RUNNING" });
        expect(task?.containerInstanceArn).to.equal(undefined);
        const deleted = await ecs.deleteExpressGatewayService({ serviceArn });
        expect(deleted.service?.status?.statusCode).to.equal("DRAINING");
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsServicesException",
        );
        await eventually(
            async () => (await ecs.describeExpressGatewayService({ serviceArn })).service?.status?.statusCode,
            (status) => status === "INACTIVE",
        );
        expect((await ecs.describeTasks({ cluster: "dev", tasks })).tasks?.[0]?.lastStatus).to.equal(
            "STOPPED",
        );
        expect((await ecs.deleteCluster({ cluster: "dev" })).cluster?.status).to.equal("INACTIVE");
    });

    it("are listed among the services, and told from the customers' own by who manages them", async () => {
        const { ecs } = cloud();
        const serviceArn = await create();
        const { service } = await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud()),
            desiredCount: 0,
        });
        const listed = async (resourceManagementType?: "ECS" | "CUSTOMER") =>
            (await ecs.listServices({ cluster: "dev", resourceManagementType })).serviceArns;
        expect(await listed()).to.have.members([serviceArn, service?.serviceArn]);
        expect(await listed("ECS")).to.deep.equal([serviceArn]);
        expect(await listed("CUSTOMER")).to.deep.equal([service?.serviceArn]);
        expect(await describeShop()).to.include({ resourceManagementType: "ECS", launchType: "FARGATE" });
        expect(service?.resourceManagementType).to.equal("CUSTOMER");
    });

    it("are changed and deleted by their own calls alone, and only once", async () => {
        const { ecs } = cloud();
        const serviceArn = await create();
        const names = { cluster: "dev", service: "shop" };
        expect(await errorOf(ecs.updateService({ ...names, desiredCount: 0 }))).to.equal(
            "InvalidParameterException",
        );
        expect(await errorOf(ecs.deleteService({ ...names, force: true }))).to.equal(
            "InvalidParameterException",
        );
        await ecs.deleteExpressGatewayService({ serviceArn });
        expect(await errorOf(ecs.deleteExpressGatewayService({ serviceArn }))).to.equal(
            "ServiceNotActiveException",
        );
        const nobody = { serviceArn: serviceArn.replace("/shop", "/nobody") };
        expect(await errorOf(ecs.deleteExpressGatewayService(nobody))).to.equal("ServiceNotFoundException");
        expect(await errorOf(ecs.describeExpressGatewayService(nobody))).to.equal(
            "ResourceNotFoundException",
        );
    });

    it("want roles and an image, and a name that no service has", async () => {
        const { ecs } = cloud();
        await create();
        expect(await errorOf(ecs.createExpressGatewayService(shop))).to.equal("InvalidParameterException");
        const without = { ...shop, serviceName: "other", executionRoleArn: undefined };
        expect(await errorOf(ecs.createExpressGatewayService(without))).to.equal("InvalidParameterException");
    });
});

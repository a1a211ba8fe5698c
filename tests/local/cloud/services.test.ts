import type { Service } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

describe("services and tasks of the local cloud", () => {
    const cloud = useCloud();

    async function web(input: {
        desiredCount?: number;
        schedulingStrategy?: "DAEMON";
        memory?: number;
        minimumHealthyPercent?: number;
        maximumPercent?: number;
    }): Promise<void> {
        const { memory, minimumHealthyPercent, maximumPercent, ...rest } = input;
        await cloud().ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud(), memory),
            deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
            ...rest,
        });
    }

    async function describeWeb(): Promise<Service> {
        const { services } = await cloud().ecs.describeServices({ cluster: "dev", services: ["web"] });
        return services?.[0] ?? {};
    }

    const running = (count: number) =>
        eventually(
            describeWeb,
            ({ runningCount, pendingCount }) => runningCount === count && pendingCount === 0,
        );

    async function tasksPerHost(): Promise<number[]> {
        return (await hostsOf(cloud(), "dev")).map(({ runningTasksCount = 0 }) => runningTasksCount).sort();
    }

    it("a service spreads its tasks over the hosts and reaches a steady state", async () => {
        await clusterWithHosts(cloud(), "dev", 2);
        await web({ desiredCount: 4 });
        await running(4);
        const service = await eventually(
            describeWeb,
            ({ deployments }) => deployments?.[0]?.rolloutState === "COMPLETED",
        );
        expect(service.deployments).to.have.length(1);
        expect(service.events?.[0]?.message).to.include("steady state");
        expect(await tasksPerHost()).to.deep.equal([2, 2]);
        const { taskArns } = await cloud().ecs.listTasks({ cluster: "dev", serviceName: "web" });
        expect(taskArns).to.have.length(4);
    });

    // Amazon ECS Developer Guide, ecs-exec: it works with the credentials of the task role.
    it("a service that is to run commands in its tasks is refused without a task role, made or changed", async () => {
        await clusterWithHosts(cloud(), "dev", 1);
        const withoutRole = await taskDefinition(cloud());
        const made = await errorOf(
            cloud().ecs.createService({
                ...{ cluster: "dev", serviceName: "web", taskDefinition: withoutRole },
                ...{ desiredCount: 0, enableExecuteCommand: true },
            }),
        );
        expect(made).to.equal("InvalidParameterException");
        await web({ desiredCount: 0 });
        const change = { cluster: "dev", service: "web", enableExecuteCommand: true };
        expect(await errorOf(cloud().ecs.updateService(change))).to.equal("InvalidParameterException");
        expect((await describeWeb()).enableExecuteCommand).to.equal(false);
        const { taskDefinition: withRole } = await cloud().ecs.registerTaskDefinition({
            ...{ family: "role", taskRoleArn: "arn:aws:iam::123456789012:role/web" },
            containerDefinitions: [{ name: "web", image: "nginx", memory: 64 }],
        });
        await cloud().ecs.updateService({ ...change, taskDefinition: withRole?.taskDefinitionArn });
        expect((await describeWeb()).enableExecuteCommand).to.equal(true);
    });

    it("a service says that it cannot place a task, and places it when a host comes", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        await web({ desiredCount: 1 });
        expect((await describeWeb()).events?.[0]?.message).to.include("unable to place a task");
        await clusterWithHosts(cloud(), "dev", 1);
        await running(1);
    });

    it("a service replaces a task that was stopped, and follows its wanted number", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web({ desiredCount: 1 });
        await running(1);
        const [task] = (await ecs.listTasks({ cluster: "dev" })).taskArns ?? [];
        await ecs.stopTask({ cluster: "dev", task });
        await eventually(
            async () => (await ecs.listTasks({ cluster: "dev" })).taskArns ?? [],
            (arns) => arns.length === 1 && arns[0] !== task,
        );
        await ecs.updateService({ cluster: "dev", service: "web", desiredCount: 0 });
        await running(0);
    });

    // Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html (include)
    it("a service keeps its tags, which only who asks for them is shown", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await web({ desiredCount: 1 });
        const { serviceArn: resourceArn, tags: unasked } = await describeWeb();
        expect(unasked).to.equal(undefined);
        await ecs.tagResource({ resourceArn, tags: [{ key: "team", value: "web" }] });
        const tags = async () => {
            const asked = { cluster: "dev", services: ["web"], include: ["TAGS" as const] };
            return (await ecs.describeServices(asked)).services?.[0]?.tags;
        };
        expect(await tags()).to.deep.equal([{ key: "team", value: "web" }]);
        await ecs.untagResource({ resourceArn, tagKeys: ["team"] });
        expect(await tags()).to.deep.equal([]);
    });

    it("draining moves a service's tasks to other hosts and leaves other tasks alone", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 2);
        await web({ desiredCount: 2 });
        await running(2);
        const { tasks } = await ecs.runTask({ cluster: "dev", taskDefinition: "web" });
        const containerInstance = tasks?.[0]?.containerInstanceArn ?? "";
        await ecs.updateContainerInstancesState({
            cluster: "dev",
            containerInstances: [containerInstance],
            status: "DRAINING",
        });
        const left = await eventually(
            async () => (await ecs.listTasks({ cluster: "dev", containerInstance })).taskArns,
            (arns) => arns?.length === 1,
        );
        expect(left).to.deep.equal([tasks?.[0]?.taskArn]);
        await running(2);
    });

    it("draining keeps a service's last task where nothing may go below its healthy minimum", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web({ desiredCount: 1, minimumHealthyPercent: 100 });
        await running(1);
        const [host] = await hostsOf(cloud(), "dev");
        const containerInstances = [host?.containerInstanceArn ?? ""];
        await ecs.updateContainerInstancesState({ cluster: "dev", containerInstances, status: "DRAINING" });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await tasksPerHost()).to.deep.equal([1]);
        await ecs.updateService({
            cluster: "dev",
            service: "web",
            deploymentConfiguration: { minimumHealthyPercent: 0 },
        });
        await running(0);
    });

    // API reference of DeploymentConfiguration: "four tasks and a maximumPercent value of 200%, the scheduler may start
    // four new tasks before stopping the four older tasks"; "four tasks and a minimumHealthyPercent of 50%, the service
    // scheduler may stop two existing tasks to free up cluster capacity before starting two new tasks".
    for (const [minimumHealthyPercent, maximumPercent, old, young] of [
        [100, 200, 4, 4],
        [100, 150, 4, 2],
        [50, 100, 2, 0],
        [50, 125, 2, 1],
        [100, 100, 4, 0],
    ] as const) {
        it(`a deployment of four tasks begins with ${old} old and ${young} new ones at ${minimumHealthyPercent} to ${maximumPercent} %`, async () => {
            const { ecs } = cloud();
            await clusterWithHosts(cloud(), "dev", 1);
            await web({ desiredCount: 4, minimumHealthyPercent, maximumPercent });
            await running(4);
            const { taskArns: before = [] } = await ecs.listTasks({ cluster: "dev" });
            await cloud().control("POST", "settings", { taskSeconds: 60 });
            await ecs.updateService({ cluster: "dev", service: "web", forceNewDeployment: true });
            const { taskArns: after = [] } = await ecs.listTasks({ cluster: "dev" });
            expect(after.filter((arn) => before.includes(arn))).to.have.length(old);
            expect(after.filter((arn) => !before.includes(arn))).to.have.length(young);
            expect((await describeWeb()).deploymentConfiguration).to.include({
                minimumHealthyPercent,
                maximumPercent,
            });
        });
    }

    it("a deployment that may stop nothing and start nothing stands still until it may", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web({ desiredCount: 2, minimumHealthyPercent: 100, maximumPercent: 100 });
        await running(2);
        const { taskArns: before = [] } = await ecs.listTasks({ cluster: "dev" });
        await ecs.updateService({ cluster: "dev", service: "web", forceNewDeployment: true });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect((await ecs.listTasks({ cluster: "dev" })).taskArns).to.have.members(before);
        const deploymentConfiguration = { minimumHealthyPercent: 50 };
        await ecs.updateService({ cluster: "dev", service: "web", deploymentConfiguration });
        await eventually(
            async () => (await ecs.listTasks({ cluster: "dev" })).taskArns ?? [],
            (arns) => arns.length === 2 && !arns.some((arn) => before.includes(arn)),
        );
    });

    it("a daemon runs once on every host", async () => {
        await clusterWithHosts(cloud(), "dev", 2);
        await web({ schedulingStrategy: "DAEMON" });
        await running(2);
        expect(await tasksPerHost()).to.deep.equal([1, 1]);
    });

    it("DeleteService refuses above 0 unless forced; the service drains, then is INACTIVE", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web({ desiredCount: 1 });
        await running(1);
        expect(await errorOf(ecs.deleteService({ cluster: "dev", service: "web" }))).to.equal(
            "InvalidParameterException",
        );
        const { service } = await ecs.deleteService({ cluster: "dev", service: "web", force: true });
        expect(service?.status).to.equal("DRAINING");
        await eventually(describeWeb, ({ status }) => status === "INACTIVE");
        expect((await ecs.listServices({ cluster: "dev" })).serviceArns).to.deep.equal([]);
        expect(
            await errorOf(ecs.updateService({ cluster: "dev", service: "web", desiredCount: 1 })),
        ).to.equal("ServiceNotActiveException");
    });

    it("a second service of the same name is refused", async () => {
        await clusterWithHosts(cloud(), "dev", 1);
        await web({ desiredCount: 0 });
        expect(await errorOf(web({ desiredCount: 0 }))).to.equal("InvalidParameterException");
    });

    it("RunTask says which resource is missing where a task does not fit", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const { tasks, failures } = await ecs.runTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud(), 100_000),
        });
        expect(tasks).to.deep.equal([]);
        expect(failures?.map(({ reason }) => reason)).to.deep.equal(["RESOURCE:MEMORY"]);
    });

    it("RunTask refuses in a cluster without hosts", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const run = cloud().ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud()) });
        expect(await errorOf(run)).to.equal("InvalidParameterException");
    });

    it("a task goes from PENDING to RUNNING, and from RUNNING to STOPPED with its reason", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const { tasks } = await ecs.runTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud()),
        });
        expect(tasks?.[0]?.lastStatus).to.equal("PENDING");
        const task = tasks?.[0]?.taskArn ?? "";
        const describe_ = async () => (await ecs.describeTasks({ cluster: "dev", tasks: [task] })).tasks?.[0];
        await eventually(describe_, (one) => one?.lastStatus === "RUNNING");
        const stopped = await ecs.stopTask({ cluster: "dev", task, reason: "enough" });
        expect(stopped.task).to.include({ desiredStatus: "STOPPED", lastStatus: "RUNNING" });
        const last = await eventually(describe_, (one) => one?.lastStatus === "STOPPED");
        expect(last?.stoppedReason).to.equal("enough");
    });
});

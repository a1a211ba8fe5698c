import { expect } from "chai";
import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

// How much an action takes in one call, and which names are good: the API reference of each action.
describe("limits of ECS's API in the local cloud", () => {
    const cloud = useCloud();
    const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `x${index}`);

    it("lists of ids are not empty and no longer than the reference says", async () => {
        const { ecs } = cloud();
        const cluster = "dev";
        await ecs.createCluster({ clusterName: cluster });
        const calls: [number, (ids: string[]) => Promise<unknown>][] = [
            [100, (clusters) => ecs.describeClusters({ clusters })],
            [100, (tasks) => ecs.describeTasks({ cluster, tasks })],
            [10, (services) => ecs.describeServices({ cluster, services })],
            [100, (containerInstances) => ecs.describeContainerInstances({ cluster, containerInstances })],
            [
                10,
                (containerInstances) =>
                    ecs.updateContainerInstancesState({ cluster, containerInstances, status: "DRAINING" }),
            ],
        ];
        for (const [most, call] of calls) {
            await call(many(most));
            expect(await errorOf(call(many(most + 1))), String(call)).to.equal("InvalidParameterException");
            expect(await errorOf(call([])), String(call)).to.equal("InvalidParameterException");
        }
    });

    it("RunTask takes up to 10 tasks, StartTask up to 10 hosts", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const arn = (await hostsOf(cloud(), "dev"))[0]?.containerInstanceArn ?? "";
        const common = { cluster: "dev", taskDefinition: await taskDefinition(cloud()) };
        expect((await ecs.runTask({ ...common, count: 10 })).tasks).to.have.length(10);
        for (const count of [0, 11]) {
            expect(await errorOf(ecs.runTask({ ...common, count }))).to.equal("InvalidParameterException");
        }
        const start = (length: number) =>
            ecs.startTask({ ...common, containerInstances: Array<string>(length).fill(arn) });
        expect((await start(10)).tasks).to.have.length(10);
        for (const length of [0, 11]) {
            expect(await errorOf(start(length))).to.equal("InvalidParameterException");
        }
    });

    it("startedBy has up to 128 characters for RunTask, and 36 for StartTask", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const arn = (await hostsOf(cloud(), "dev"))[0]?.containerInstanceArn ?? "";
        const common = { cluster: "dev", taskDefinition: await taskDefinition(cloud()) };
        const run = (startedBy: string) => ecs.runTask({ ...common, startedBy });
        const start = (startedBy: string) =>
            ecs.startTask({ ...common, containerInstances: [arn], startedBy });
        expect((await run("a".repeat(128))).failures).to.deep.equal([]);
        expect((await start("ci/job_7-a")).failures).to.deep.equal([]);
        for (const call of [run("a".repeat(129)), start("a".repeat(37)), run("a b")]) {
            expect(await errorOf(call)).to.equal("InvalidParameterException");
        }
        expect((await ecs.listTasks({ cluster: "dev", startedBy: "ci/job_7-a" })).taskArns).to.have.length(1);
        expect(
            await errorOf(ecs.listTasks({ cluster: "dev", startedBy: "ci/job_7-a", family: "web" })),
        ).to.equal("InvalidParameterException");
    });

    it("names of clusters and services have up to 255 letters, numbers, hyphens and underscores", async () => {
        const { ecs } = cloud();
        const taskDefinitionName = await taskDefinition(cloud());
        const create = (serviceName: string) =>
            ecs.createService({
                cluster: "dev",
                serviceName,
                taskDefinition: taskDefinitionName,
                desiredCount: 0,
            });
        await ecs.createCluster({ clusterName: "dev" });
        const longest = `a_B-9${"x".repeat(250)}`;
        expect((await ecs.createCluster({ clusterName: longest })).cluster?.clusterName).to.equal(longest);
        expect((await create(longest)).service?.serviceName).to.equal(longest);
        for (const name of ["", "a.b", "a b", `${longest}x`]) {
            expect(await errorOf(ecs.createCluster({ clusterName: name })), name).to.equal(
                "InvalidParameterException",
            );
            expect(await errorOf(create(name)), name).to.equal("InvalidParameterException");
        }
    });

    it("pages have 1 to 100 entries, 10 of services where nothing is said", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        const family = await taskDefinition(cloud());
        for (const serviceName of many(11)) {
            await ecs.createService({
                cluster: "dev",
                serviceName,
                taskDefinition: family,
                desiredCount: 0,
            });
        }
        const first = await ecs.listServices({ cluster: "dev" });
        expect(first.serviceArns).to.have.length(10);
        const rest = await ecs.listServices({ cluster: "dev", nextToken: first.nextToken });
        expect(rest.serviceArns).to.have.length(1);
        expect((await ecs.listServices({ cluster: "dev", maxResults: 100 })).serviceArns).to.have.length(11);
        for (const maxResults of [0, 101]) {
            for (const call of [
                ecs.listServices({ cluster: "dev", maxResults }),
                ecs.listTasks({ cluster: "dev", maxResults }),
                ecs.listContainerInstances({ cluster: "dev", maxResults }),
            ]) {
                expect(await errorOf(call)).to.equal("InvalidParameterException");
            }
        }
    });

    it("a host has up to 10 custom attributes, with good names and values", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const targetId = (await hostsOf(cloud(), "dev"))[0]?.containerInstanceArn ?? "";
        const put = (attributes: { name: string; value?: string; targetId?: string }[]) =>
            ecs.putAttributes({
                cluster: "dev",
                attributes: attributes.map((one) => ({ targetId, ...one })),
            });
        for (const one of [{ name: "a b" }, { name: "a", value: " b" }, { name: "a".repeat(129) }]) {
            expect(await errorOf(put([one])), one.name).to.equal("InvalidParameterException");
        }
        expect(await errorOf(put([{ name: "a", targetId: "nobody" }]))).to.equal("TargetNotFoundException");
        await put(many(10).map((name) => ({ name, value: "1" })));
        expect(await errorOf(put([{ name: "more" }]))).to.equal("AttributeLimitExceededException");
        const listed = await ecs.listAttributes({
            cluster: "dev",
            targetType: "container-instance",
            attributeName: "x3",
        });
        expect(listed.attributes).to.deep.equal([
            { name: "x3", value: "1", targetType: "container-instance", targetId },
        ]);
        await ecs.deleteAttributes({ cluster: "dev", attributes: [{ name: "x3", targetId }] });
        await put([{ name: "more" }]);
        const [host] = await hostsOf(cloud(), "dev");
        expect(host?.attributes?.map(({ name }) => name))
            .to.include("more")
            .and.not.include("x3");
    });
});

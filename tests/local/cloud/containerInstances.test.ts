import { expect } from "chai";
import {
    clusterWithHosts,
    hostProfile,
    hostsOf,
    launchHost,
    namesCluster,
    taskDefinition,
    verdictOn,
} from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

describe("container instances of the local cloud", () => {
    const cloud = useCloud();

    it("shows agent, docker, resources and attributes of a registered host", async () => {
        const [instanceId] = await clusterWithHosts(cloud(), "dev", 1);
        const [host] = await hostsOf(cloud(), "dev");
        expect(host).to.include({ ec2InstanceId: instanceId, status: "ACTIVE", agentConnected: true });
        expect(host?.versionInfo?.agentVersion).to.equal("1.105.1");
        expect(host?.versionInfo?.dockerVersion).to.match(/^DockerVersion: \d+/);
        // A t3.medium has 2 virtual CPUs of 1024 units and 4096 MiB, of which the kernel keeps a little.
        const resource = (name: string) => host?.registeredResources?.find((one) => one.name === name);
        expect(resource("CPU")?.integerValue).to.equal(2048);
        expect(resource("MEMORY")?.integerValue).to.be.within(3800, 4095);
        const attributes = new Map(host?.attributes?.map(({ name, value }) => [name, value]));
        expect(attributes.get("ecs.instance-type")).to.equal("t3.medium");
        expect(attributes.get("ecs.os-type")).to.equal("linux");
        expect(attributes.get("ecs.availability-zone")).to.match(/^us-east-1[a-f]$/);
        expect(attributes.get("ecs.ami-id")).to.match(/^ami-/);
        expect(attributes.get("ecs.subnet-id")).to.match(/^subnet-/);
        expect(attributes.get("ecs.vpc-id")).to.match(/^vpc-/);
    });

    it("offers tasks what the agent does not hold back, and does not join where that is more than there is", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const profile = await hostProfile(cloud());
        const launch = (memoryMiB: number) =>
            launchHost(cloud(), {
                userData: `${namesCluster("dev")}    ECS_RESERVED_MEMORY=${memoryMiB}\n`,
                profile,
            });
        // A t3.medium has 4096 MiB, of which the kernel keeps a part.
        const greedy = await launch(4096);
        expect(await verdictOn(cloud(), greedy)).to.include({ phase: "failed", step: "agent" });
        const [modest, usual] = [await launch(512), await launch(0)];
        const memoryOf = async (id: string): Promise<number> => {
            await verdictOn(cloud(), id);
            const host = (await hostsOf(cloud(), "dev")).find(({ ec2InstanceId }) => ec2InstanceId === id);
            return host?.registeredResources?.find(({ name }) => name === "MEMORY")?.integerValue ?? 0;
        };
        expect((await memoryOf(usual)) - (await memoryOf(modest))).to.equal(512);
    });

    it("lists by status, by an attribute and page by page, and refuses what is no filter", async () => {
        const { ecs } = cloud();
        const [first = "", second = ""] = await clusterWithHosts(cloud(), "dev", 2);
        const hosts = await hostsOf(cloud(), "dev");
        const arnOf = (id: string) =>
            hosts.find(({ ec2InstanceId }) => ec2InstanceId === id)?.containerInstanceArn ?? "";
        await ecs.updateContainerInstancesState({
            cluster: "dev",
            containerInstances: [arnOf(first)],
            status: "DRAINING",
        });
        const list = async (input: { status?: "ACTIVE" | "DRAINING"; filter?: string }) =>
            (await ecs.listContainerInstances({ cluster: "dev", ...input })).containerInstanceArns;
        expect(await list({ status: "DRAINING" })).to.deep.equal([arnOf(first)]);
        expect(await list({ status: "ACTIVE" })).to.deep.equal([arnOf(second)]);
        const ofType = (type: string) => list({ filter: `attribute:ecs.instance-type == ${type}` });
        expect(await ofType("t3.medium")).to.have.members([arnOf(first), arnOf(second)]);
        expect(await ofType("'t3.medium'")).to.have.length(2);
        expect(await ofType("t3.large")).to.deep.equal([]);
        for (const filter of ["attribute:a ==", "rack == 7", "attribute:a ~ b", "(attribute:a exists"]) {
            expect(await errorOf(list({ filter })), filter).to.equal("InvalidParameterException");
        }
        const page = await ecs.listContainerInstances({ cluster: "dev", maxResults: 1 });
        const rest = await ecs.listContainerInstances({ cluster: "dev", nextToken: page.nextToken });
        const arns = [...(page.containerInstanceArns ?? []), ...(rest.containerInstanceArns ?? [])];
        expect(page.containerInstanceArns).to.have.length(1);
        expect(new Set(arns)).to.deep.equal(new Set([arnOf(first), arnOf(second)]));
        expect(rest.nextToken).to.equal(undefined);
    });

    it("deregisters a host with tasks only when forced; the task is over then", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        const { tasks } = await ecs.runTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud()),
        });
        const containerInstance = (await hostsOf(cloud(), "dev"))[0]?.containerInstanceArn;
        const deregister = (force: boolean) =>
            ecs.deregisterContainerInstance({ cluster: "dev", containerInstance, force });
        expect(await errorOf(deregister(false))).to.equal("InvalidParameterException");
        expect((await deregister(true)).containerInstance?.status).to.equal("INACTIVE");
        const described = await ecs.describeTasks({ cluster: "dev", tasks: [tasks?.[0]?.taskArn ?? ""] });
        expect(described.tasks?.[0]?.lastStatus).to.equal("STOPPED");
    });

    it("a host that somebody launched by hand is deregistered by force, and comes back with its next boot alone", async () => {
        const { ecs, ec2 } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        const userData = namesCluster("dev");
        const id = await launchHost(cloud(), { userData, profile: await hostProfile(cloud()) });
        await verdictOn(cloud(), id);
        const [before] = await hostsOf(cloud(), "dev");
        expect(before).to.include({ ec2InstanceId: id, agentConnected: true });
        const containerInstance = before?.containerInstanceArn;
        await ecs.deregisterContainerInstance({ cluster: "dev", containerInstance, force: true });
        // What makes waiting hosts look again.
        await ecs.createCluster({ clusterName: "other" });
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
        expect((await verdictOn(cloud(), id, ["deregistered"])).phase).to.equal("deregistered");
        await ec2.rebootInstances({ InstanceIds: [id] });
        const [after] = await eventually(
            () => hostsOf(cloud(), "dev"),
            (hosts) => hosts.length === 1,
        );
        expect(after?.containerInstanceArn).not.to.equal(containerInstance);
    });

    it("a host goes with its running instance, and its tasks with it", async () => {
        const { ecs, ec2 } = cloud();
        const [instanceId = ""] = await clusterWithHosts(cloud(), "dev", 1);
        await ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud()) });
        await ec2.terminateInstances({ InstanceIds: [instanceId] });
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
        expect((await ecs.listTasks({ cluster: "dev" })).taskArns).to.deep.equal([]);
        expect((await ecs.deleteCluster({ cluster: "dev" })).cluster?.status).to.equal("INACTIVE");
    });

    // "Stopped container instances or instances with disconnected agents aren't automatically deregistered when
    // terminated": API reference of DeregisterContainerInstance.
    it("a host that is terminated while stopped stays registered", async () => {
        const { ec2 } = cloud();
        const [first = "", second = ""] = await clusterWithHosts(cloud(), "dev", 2);
        await ec2.stopInstances({ InstanceIds: [first, second] });
        expect((await hostsOf(cloud(), "dev")).map(({ agentConnected }) => agentConnected)).to.deep.equal([
            false,
            false,
        ]);
        await ec2.terminateInstances({ InstanceIds: [first] });
        expect(await hostsOf(cloud(), "dev")).to.have.length(2);
    });

    it("a host that is stopped and started connects again under its old ARN", async () => {
        const { ec2 } = cloud();
        const [instanceId = ""] = await clusterWithHosts(cloud(), "dev", 1);
        const [before] = await hostsOf(cloud(), "dev");
        await ec2.stopInstances({ InstanceIds: [instanceId] });
        await ec2.startInstances({ InstanceIds: [instanceId] });
        const [after] = await eventually(
            () => hostsOf(cloud(), "dev"),
            (hosts) => hosts[0]?.agentConnected === true,
        );
        expect(after?.containerInstanceArn).to.equal(before?.containerInstanceArn);
    });
});

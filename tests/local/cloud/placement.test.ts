import type { PlacementConstraint, PlacementStrategy, PortMapping } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { clusterWithHosts, hostsOf, taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// The rules: API references of RunTask, StartTask, PlacementConstraint, PlacementStrategy; the reasons:
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
describe("placement of tasks in the local cloud", () => {
    const cloud = useCloud();

    /** ARNs of a cluster's hosts, the first of which has an attribute of its own. */
    async function hosts(count: number): Promise<string[]> {
        await clusterWithHosts(cloud(), "dev", count);
        const arns = (await hostsOf(cloud(), "dev")).map(
            ({ containerInstanceArn = "" }) => containerInstanceArn,
        );
        const attributes = [{ name: "rack", value: "r7", targetId: arns[0] }];
        await cloud().ecs.putAttributes({ cluster: "dev", attributes });
        return arns;
    }

    async function run(input: {
        count?: number;
        placementConstraints?: PlacementConstraint[];
        placementStrategy?: PlacementStrategy[];
    }): Promise<{ hosts: (string | undefined)[]; reasons: (string | undefined)[] }> {
        const { tasks, failures } = await cloud().ecs.runTask({
            cluster: "dev",
            taskDefinition: "web",
            ...input,
        });
        return {
            hosts: tasks?.map(({ containerInstanceArn }) => containerInstanceArn) ?? [],
            reasons: failures?.map(({ reason }) => reason) ?? [],
        };
    }

    function start(containerInstances: string[], family = "web") {
        return cloud().ecs.startTask({ cluster: "dev", taskDefinition: family, containerInstances });
    }

    it("StartTask starts one task on each host that it names, and says of the others why not", async () => {
        const [first = "", second = ""] = await hosts(2);
        await taskDefinition(cloud());
        const missing = second.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
        const { tasks, failures } = await start([first, missing, second.slice(second.lastIndexOf("/") + 1)]);
        expect(tasks?.map(({ containerInstanceArn }) => containerInstanceArn)).to.deep.equal([first, second]);
        expect(failures).to.deep.equal([{ arn: missing, reason: "MISSING" }]);
    });

    it("a draining host takes no task, neither by RunTask nor by StartTask", async () => {
        const [first = ""] = await hosts(1);
        await taskDefinition(cloud());
        const state = (status: "ACTIVE" | "DRAINING") =>
            cloud().ecs.updateContainerInstancesState({
                cluster: "dev",
                containerInstances: [first],
                status,
            });
        await state("DRAINING");
        expect((await start([first])).tasks).to.deep.equal([]);
        expect((await run({})).hosts).to.deep.equal([]);
        await state("ACTIVE");
        expect((await start([first])).failures).to.deep.equal([]);
    });

    it("says which resource is missing, and that an agent is not connected", async () => {
        const [first = ""] = await hosts(1);
        const reasonOf = async (container: object): Promise<string | undefined> => {
            await cloud().ecs.registerTaskDefinition({
                family: "big",
                containerDefinitions: [{ name: "big", image: "sles", memory: 64, cpu: 64, ...container }],
            });
            return (await start([first], "big")).failures?.[0]?.reason;
        };
        // A t3.medium has 2 virtual CPUs and 4096 MiB; docker and ssh hold ports of their own.
        expect(await reasonOf({ cpu: 2049 })).to.equal("RESOURCE:CPU");
        expect(await reasonOf({ memory: 4097 })).to.equal("RESOURCE:MEMORY");
        expect(await reasonOf({ portMappings: [{ containerPort: 80, hostPort: 22 }] })).to.equal(
            "RESOURCE:PORTS",
        );
        const web = { portMappings: [{ containerPort: 80, hostPort: 80 }] };
        expect(await reasonOf(web)).to.equal(undefined);
        expect(await reasonOf(web)).to.equal("RESOURCE:PORTS");
        const [host] = await hostsOf(cloud(), "dev");
        await cloud().ec2.stopInstances({ InstanceIds: [host?.ec2InstanceId ?? ""] });
        expect(await reasonOf({})).to.equal("AGENT");
    });

    it("counts a port of the host where the network mode makes it one, and each protocol by itself", async () => {
        const [first = ""] = await hosts(1);
        let family = 0;
        const reasonOf = async (networkMode: "awsvpc" | "bridge" | "host", mapping: PortMapping) => {
            family += 1;
            await cloud().ecs.registerTaskDefinition({
                family: `net-${family}`,
                networkMode,
                containerDefinitions: [
                    { name: "net", image: "sles", memory: 64, cpu: 64, portMappings: [mapping] },
                ],
            });
            const { failures } = await cloud().ecs.startTask({
                ...{ cluster: "dev", containerInstances: [first], taskDefinition: `net-${family}` },
                ...(networkMode === "awsvpc" && {
                    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-12345678"] } },
                }),
            });
            return failures?.[0]?.reason;
        };
        // API reference, PortMapping: a task with awsvpc has an address of its own; with host its port is the host's.
        expect(await reasonOf("awsvpc", { containerPort: 22, hostPort: 22 })).to.equal(undefined);
        expect(await reasonOf("host", { containerPort: 22 })).to.equal("RESOURCE:PORTS");
        expect(await reasonOf("bridge", { containerPort: 22 })).to.equal(undefined);
        const udp: PortMapping = { containerPort: 53, hostPort: 22, protocol: "udp" };
        expect(await reasonOf("bridge", udp)).to.equal(undefined);
        expect(await reasonOf("bridge", udp)).to.equal("RESOURCE:PORTS");
        const [host] = await hostsOf(cloud(), "dev");
        const taken = (name: string) =>
            host?.remainingResources?.find((one) => one.name === name)?.stringSetValue;
        expect(taken("PORTS")).to.deep.equal(["22", "2375", "2376", "51678", "51679"]);
        expect(taken("PORTS_UDP")).to.deep.equal(["22"]);
    });

    it("memberOf keeps to the hosts of an expression, distinctInstance to one task of a group a host", async () => {
        const [first = ""] = await hosts(2);
        await taskDefinition(cloud());
        const onRack: PlacementConstraint = { type: "memberOf", expression: "attribute:rack == r7" };
        expect((await run({ count: 2, placementConstraints: [onRack] })).hosts).to.deep.equal([first, first]);
        const nowhere: PlacementConstraint = { type: "memberOf", expression: "attribute:rack == r8" };
        expect((await run({ placementConstraints: [nowhere] })).reasons).to.deep.equal(
            Array(2).fill("MemberOf placement constraint unsatisfied."),
        );
        const group = { cluster: "dev", taskDefinition: "web", group: "one" };
        const { tasks, failures } = await cloud().ecs.runTask({
            ...group,
            count: 3,
            placementConstraints: [{ type: "distinctInstance" }],
        });
        expect(new Set(tasks?.map(({ containerInstanceArn }) => containerInstanceArn)).size).to.equal(2);
        expect(failures?.map(({ reason }) => reason)).to.deep.equal(
            Array(2).fill("DistinctInstance placement constraint unsatisfied."),
        );
    });

    it("a task definition brings constraints of its own, and a service keeps to its", async () => {
        const { ecs } = cloud();
        const [first = "", second = ""] = await hosts(2);
        await ecs.registerTaskDefinition({
            family: "rack",
            containerDefinitions: [{ name: "web", image: "sles", memory: 64 }],
            placementConstraints: [{ type: "memberOf", expression: "attribute:rack exists" }],
        });
        expect((await start([second], "rack")).failures?.[0]?.reason).to.equal(
            "MemberOf placement constraint unsatisfied.",
        );
        expect((await start([first], "rack")).failures).to.deep.equal([]);
        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud()),
            desiredCount: 3,
            placementConstraints: [{ type: "distinctInstance" }],
        });
        const described = await eventually(
            async () => (await ecs.describeServices({ cluster: "dev", services: ["web"] })).services?.[0],
            (service) => service?.runningCount === 2,
        );
        expect(described?.placementConstraints).to.deep.equal([{ type: "distinctInstance" }]);
        expect(described?.events?.[0]?.message).to.include("unable to place a task");
    });

    it("binpack fills one host first, spread takes turns, and random needs no field", async () => {
        await hosts(2);
        await taskDefinition(cloud(), 1024);
        const spread = await run({ count: 2, placementStrategy: [{ type: "spread", field: "instanceId" }] });
        expect(new Set(spread.hosts).size).to.equal(2);
        await cloud().control("POST", "settings", { taskSeconds: 60 });
        // Each host has room for two more tasks of 1 GiB beside the one it has.
        const packed = await run({ count: 2, placementStrategy: [{ type: "binpack", field: "memory" }] });
        expect(new Set(packed.hosts).size).to.equal(1);
        const random = await run({ count: 2, placementStrategy: [{ type: "random" }] });
        expect(new Set(random.hosts)).to.not.include(packed.hosts[0]);
    });

    it("spreads over the values of an attribute", async () => {
        const [first = "", second = "", third = ""] = await hosts(3);
        await taskDefinition(cloud());
        const attributes = [second, third].map((targetId) => ({ name: "rack", value: "r8", targetId }));
        await cloud().ecs.putAttributes({ cluster: "dev", attributes });
        const field = "attribute:rack";
        const { hosts: chosen } = await run({ count: 4, placementStrategy: [{ type: "spread", field }] });
        expect(chosen.filter((arn) => arn === first)).to.have.length(2);
    });

    it("refuses constraints and strategies that AWS does not know", async () => {
        await hosts(1);
        await taskDefinition(cloud());
        const refusals: Parameters<typeof run>[0][] = [
            { placementConstraints: [{ type: "memberOf" }] },
            { placementConstraints: [{ type: "distinctInstance", expression: "attribute:a exists" }] },
            {
                placementConstraints: [
                    { type: "memberOf", expression: `attribute:${"a".repeat(2000)} exists` },
                ],
            },
            {
                placementConstraints: Array(11).fill({
                    type: "memberOf",
                    expression: "attribute:a exists",
                }) as [],
            },
            { placementStrategy: [{ type: "spread" }] },
            { placementStrategy: [{ type: "binpack", field: "disk" }] },
            { placementStrategy: Array(6).fill({ type: "random" }) as [] },
        ];
        for (const input of refusals) {
            expect(await errorOf(run(input)), JSON.stringify(input)).to.equal("InvalidParameterException");
        }
    });
});

import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import { expect } from "chai";
import { changes, failureOf, resourcesOf, run } from "./support/operations";
import { startWorld, type World } from "./support/world";

type TaskArgs = NonNullable<awsx.ecs.EC2ServiceArgs["taskDefinitionArgs"]>;

const container = { name: "web", image: "nginx", memory: 64 };

describe("awsx:ecs:EC2Service of the local provider", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    it("makes the children of the official component, of values that are known only once they are made", async () => {
        const stack = await world.stack("whole", () => {
            const cluster = new aws.ecs.Cluster("cluster");
            const role = new aws.iam.Role("own", { assumeRolePolicy: "{}" });
            const web = new awsx.ecs.EC2Service("web", {
                cluster: cluster.arn,
                desiredCount: 0,
                networkConfiguration: { subnets: ["subnet-1"] },
                taskDefinitionArgs: {
                    container: {
                        ...container,
                        environment: [{ name: "CLUSTER", value: cluster.name }],
                        portMappings: [{ containerPort: 80 }],
                    },
                    taskRole: { roleArn: role.arn },
                },
            });
            return Promise.resolve({
                clusterName: cluster.name,
                roleArn: role.arn,
                serviceName: web.service.apply(({ name }) => name),
                definition: web.taskDefinition.apply((made) => made?.arn),
            });
        });
        // Nothing of it is known in the preview but its names.
        await stack.preview();
        const { outputs } = await stack.up();
        const value = (name: string): string => String(outputs[name]?.value);
        const made = (await resourcesOf(stack)).filter(({ urn }) => urn.includes("awsx:ecs:EC2Service$"));
        expect(made.map(({ urn }) => urn.split("::").slice(2).join(" ")).sort()).to.deep.equal(
            [
                "awsx:ecs:EC2Service$awsx:ecs:EC2TaskDefinition web",
                "awsx:ecs:EC2Service$awsx:ecs:EC2TaskDefinition$aws:cloudwatch/logGroup:LogGroup web",
                "awsx:ecs:EC2Service$awsx:ecs:EC2TaskDefinition$aws:iam/role:Role web-execution",
                // The first 8 digits of the SHA-1 of the ARN of AmazonECSTaskExecutionRolePolicy.
                "awsx:ecs:EC2Service$awsx:ecs:EC2TaskDefinition$aws:iam/rolePolicyAttachment:RolePolicyAttachment web-execution-9a42f520",
                "awsx:ecs:EC2Service$awsx:ecs:EC2TaskDefinition$aws:ecs/taskDefinition:TaskDefinition web",
                "awsx:ecs:EC2Service$aws:ecs/service:Service web",
            ].sort(),
        );

        const { ecs } = world.aws;
        const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: value("definition") });
        expect(taskDefinition?.networkMode).to.equal("awsvpc");
        expect(taskDefinition?.taskRoleArn).to.equal(value("roleArn"));
        const [told] = taskDefinition?.containerDefinitions ?? [];
        expect(told?.environment).to.deep.equal([{ name: "CLUSTER", value: value("clusterName") }]);
        expect(told?.portMappings).to.deep.equal([{ containerPort: 80, hostPort: 80 }]);
        const asked = { cluster: value("clusterName"), services: [value("serviceName")] };
        const [service] = (await ecs.describeServices(asked)).services ?? [];
        expect(service?.launchType).to.equal("EC2");
        expect(service?.networkConfiguration?.awsvpcConfiguration?.subnets).to.deep.equal(["subnet-1"]);

        expect(changes(await run(stack, "preview"))).to.deep.equal({});
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
        await stack.destroy();
        expect((await world.aws.logs.describeLogGroups({})).logGroups).to.deep.equal([]);
        const left = await ecs.listTaskDefinitions({ status: "ACTIVE" });
        expect(left.taskDefinitionArns).to.deep.equal([]);
    });

    it("makes no log group and no role where it is told not to", async () => {
        const stack = await world.stack("bare", () => {
            const cluster = new aws.ecs.Cluster("cluster");
            const taskDefinitionArgs: TaskArgs = {
                container,
                networkMode: "bridge",
                logGroup: { skip: true },
                taskRole: { skip: true },
                executionRole: { skip: true },
            };
            new awsx.ecs.EC2Service("web", { cluster: cluster.arn, desiredCount: 0, taskDefinitionArgs });
            return Promise.resolve();
        });
        await stack.up();
        const types = (await resourcesOf(stack)).map(({ type }) => type);
        expect(types).not.to.include.members(["aws:iam/role:Role"]);
        expect(types).not.to.include.members(["aws:cloudwatch/logGroup:LogGroup"]);
        await stack.destroy();
    });

    it("fails where the tasks do not come to run, with what ECS says of it", async () => {
        const stack = await world.stack("no-host", () => {
            const cluster = new aws.ecs.Cluster("cluster");
            const taskDefinitionArgs: TaskArgs = { container, networkMode: "bridge" };
            new awsx.ecs.EC2Service(
                "web",
                { cluster: cluster.arn, desiredCount: 1, taskDefinitionArgs },
                {
                    transforms: [
                        ({ type, props, opts }) =>
                            type === "aws:ecs/service:Service"
                                ? { props, opts: { ...opts, customTimeouts: { create: "2s" } } }
                                : undefined,
                    ],
                },
            );
            return Promise.resolve();
        });
        expect(await failureOf(stack.up())).to.match(
            /timed out after 2 s .*0 of 1 tasks run; .*unable to place/s,
        );
        await stack.destroy();
    });

    it("refuses what it does not serve, and what contradicts itself", async () => {
        const refused = async (name: string, args: awsx.ecs.EC2ServiceArgs): Promise<string> => {
            const stack = await world.stack(name, () => {
                new awsx.ecs.EC2Service("web", args);
                return Promise.resolve();
            });
            return failureOf(stack.preview());
        };
        expect(await refused("neither", { cluster: "dev" })).to.include(
            "expected one of taskDefinition and taskDefinitionArgs",
        );
        const twice = { taskDefinition: "web", taskDefinitionArgs: { container } };
        expect(await refused("both", twice)).to.include(
            "expected one of taskDefinition and taskDefinitionArgs",
        );
        const sidecars = { taskDefinitionArgs: { containers: { web: container } } };
        expect(await refused("sidecars", sidecars)).to.include(
            'unknown property "taskDefinitionArgs.containers" of awsx:ecs:EC2Service',
        );
    });
});

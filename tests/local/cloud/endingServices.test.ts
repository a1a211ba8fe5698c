import type { CreateServiceRequest, Service, Task } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { clusterWithHosts } from "./hostHelpers";
import { queryCall } from "./rawCalls";
import { errorOf, eventually, useCloud } from "./testCloud";

// Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html and
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
describe("services of the local cloud that end, and their load balancers", () => {
    const cloud = useCloud();

    async function targetGroup(delaySeconds?: number): Promise<string> {
        const { Vpcs: vpcs } = await cloud().ec2.describeVpcs({});
        const call = (action: string, form: Readonly<Record<string, string>>) =>
            queryCall(cloud(), "elasticloadbalancing", { Action: action, Version: "2015-12-01", ...form });
        const answer = await call("CreateTargetGroup", {
            Name: "web",
            Protocol: "HTTP",
            Port: "80",
            VpcId: vpcs?.[0]?.VpcId ?? "",
        });
        const arn = /<TargetGroupArn>([^<]*)</.exec(answer)?.[1] ?? "";
        if (delaySeconds !== undefined) {
            await call("ModifyTargetGroupAttributes", {
                TargetGroupArn: arn,
                "Attributes.member.1.Key": "deregistration_delay.timeout_seconds",
                "Attributes.member.1.Value": String(delaySeconds),
            });
        }
        return arn;
    }

    async function web(input: Partial<CreateServiceRequest> = {}): Promise<void> {
        const { ecs } = cloud();
        await ecs.registerTaskDefinition({
            family: "web",
            containerDefinitions: [
                {
                    name: "web",
                    image: "registry.suse.com/bci/bci-base:15.7",
                    memory: 128,
                    portMappings: [{ containerPort: 80 }],
                },
            ],
        });
        await ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: "web",
            desiredCount: 1,
            ...input,
        });
    }

    const behind = (targetGroupArn: string) => ({
        loadBalancers: [{ targetGroupArn, containerName: "web", containerPort: 80 }],
    });

    async function describeWeb(): Promise<Service> {
        const { services } = await cloud().ecs.describeServices({ cluster: "dev", services: ["web"] });
        return services?.[0] ?? {};
    }

    async function runningTask(): Promise<string> {
        const { ecs } = cloud();
        await eventually(describeWeb, ({ runningCount }) => runningCount === 1);
        return (await ecs.listTasks({ cluster: "dev" })).taskArns?.[0] ?? "";
    }

    async function describeOne(task: string): Promise<Task | undefined> {
        return (await cloud().ecs.describeTasks({ cluster: "dev", tasks: [task] })).tasks?.[0];
    }

    it("a service that drains is described, and not listed, and its cluster is not deleted", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web(behind(await targetGroup()));
        const task = await runningTask();
        await ecs.deleteService({ cluster: "dev", service: "web", force: true });
        await eventually(
            () => describeOne(task),
            (one) => one?.lastStatus === "DEACTIVATING",
        );
        expect(await describeWeb()).to.include({ status: "DRAINING", runningCount: 0 });
        expect((await ecs.listServices({ cluster: "dev" })).serviceArns).to.deep.equal([]);
        expect((await ecs.describeClusters({ clusters: ["dev"] })).clusters?.[0]).to.include({
            activeServicesCount: 0,
        });
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsServicesException",
        );
    });

    it("a deleted service is INACTIVE once its tasks are STOPPING, and they hold up its cluster still", async () => {
        const { ecs } = cloud();
        await clusterWithHosts(cloud(), "dev", 1);
        await web();
        const task = await runningTask();
        await cloud().control("POST", "settings", { taskSeconds: 600 });
        await ecs.deleteService({ cluster: "dev", service: "web", force: true });
        await eventually(describeWeb, ({ status }) => status === "INACTIVE");
        expect(await describeOne(task)).to.include({ lastStatus: "STOPPING", desiredStatus: "STOPPED" });
        expect(await errorOf(ecs.deleteCluster({ cluster: "dev" }))).to.equal(
            "ClusterContainsTasksException",
        );
    });

    it("a task behind a target group is DEACTIVATING for its deregistration delay, then it stops", async () => {
        await clusterWithHosts(cloud(), "dev", 1);
        await web(behind(await targetGroup(1)));
        const task = await runningTask();
        const before = Date.now();
        await cloud().ecs.stopTask({ cluster: "dev", task });
        const states = new Set<string>();
        await eventually(
            async () => {
                const { lastStatus = "" } = (await describeOne(task)) ?? {};
                states.add(lastStatus);
                return lastStatus;
            },
            (status) => status === "STOPPED",
        );
        expect([...states]).to.include("DEACTIVATING");
        expect(Date.now() - before).to.be.at.least(1000);
    });

    it("the target group holds a task up for 300 seconds where it does not say otherwise", async () => {
        await clusterWithHosts(cloud(), "dev", 1);
        await web(behind(await targetGroup()));
        const task = await runningTask();
        await cloud().ecs.stopTask({ cluster: "dev", task });
        await eventually(
            () => describeOne(task),
            (one) => one?.lastStatus === "DEACTIVATING",
        );
        await new Promise((resolve) => setTimeout(resolve, 1000));
        expect((await describeOne(task))?.lastStatus).to.equal("DEACTIVATING");
    });

    it("DescribeServices shows the target groups; one that is not there, or another container, is refused", async () => {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const arn = await targetGroup();
        const { loadBalancers } = behind(arn);
        await web({ loadBalancers });
        expect((await describeWeb()).loadBalancers).to.deep.equal(loadBalancers);
        const other = (change: object) =>
            errorOf(web({ serviceName: "other", loadBalancers: [{ ...loadBalancers[0], ...change }] }));
        expect(await other({ targetGroupArn: arn.replace(/web/, "nobody") })).to.equal(
            "InvalidParameterException",
        );
        expect(await other({ containerName: "sidecar" })).to.equal("InvalidParameterException");
        expect(await other({ containerPort: 443 })).to.equal("InvalidParameterException");
    });
});

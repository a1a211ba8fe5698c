import type { ManagedScaling, ManagedTerminationProtection } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { hostProfile, hostsOf, imageId, namesCluster, taskDefinition } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

// The rules: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html and
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
describe("managed scaling and draining of the local cloud", () => {
    const cloud = useCloud();

    /** A cluster with a capacity provider over a group of hosts of 2 virtual CPUs and not quite 4 GiB. */
    async function clusterWithProvider(input: {
        min?: number;
        max?: number;
        managedScaling?: ManagedScaling;
        isProtected?: boolean;
        managedTerminationProtection?: ManagedTerminationProtection;
    }): Promise<void> {
        const { ec2, ecs, autoScaling } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: {
                ImageId: await imageId(cloud()),
                InstanceType: "t3.medium",
                IamInstanceProfile: { Name: await hostProfile(cloud()) },
                UserData: Buffer.from(namesCluster("dev")).toString("base64"),
            },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "hosts",
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinSize: 0,
            MaxSize: input.max ?? 4,
            AvailabilityZones: ["us-east-1a"],
            NewInstancesProtectedFromScaleIn: input.isProtected ?? false,
        });
        const { AutoScalingGroups: groups } = await autoScaling.describeAutoScalingGroups({});
        await ecs.createCapacityProvider({
            name: "hosts",
            autoScalingGroupProvider: {
                autoScalingGroupArn: groups?.[0]?.AutoScalingGroupARN,
                managedScaling: input.managedScaling ?? { status: "ENABLED" },
                managedTerminationProtection: input.managedTerminationProtection ?? "DISABLED",
            },
        });
        await ecs.putClusterCapacityProviders({
            cluster: "dev",
            capacityProviders: ["hosts"],
            defaultCapacityProviderStrategy: [{ capacityProvider: "hosts", weight: 1 }],
        });
        // Hosts come under the provider that their group has when they register.
        await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "hosts", MinSize: input.min ?? 0 });
    }

    async function desired(): Promise<number | undefined> {
        const { AutoScalingGroups: groups } = await cloud().autoScaling.describeAutoScalingGroups({});
        return groups?.[0]?.DesiredCapacity;
    }

    function untilHosts(count: number) {
        return eventually(
            () => hostsOf(cloud(), "dev"),
            (hosts) => hosts.length === count,
        );
    }

    async function statuses(tasks: readonly string[]): Promise<(string | undefined)[]> {
        const { tasks: described } = await cloud().ecs.describeTasks({ cluster: "dev", tasks: [...tasks] });
        return described?.map(({ lastStatus }) => lastStatus) ?? [];
    }

    /** Tasks of 2 GiB, of which one fits on a host. */
    async function runBig(count: number): Promise<string[]> {
        const { tasks, failures } = await cloud().ecs.runTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud(), 2048),
            count,
        });
        expect(failures).to.deep.equal([]);
        expect(tasks?.map(({ lastStatus }) => lastStatus)).to.deep.equal(Array(count).fill("PROVISIONING"));
        return tasks?.map(({ taskArn = "" }) => taskArn) ?? [];
    }

    const hookName = "ecs-managed-draining-termination-hook";
    const group = { AutoScalingGroupName: "hosts" };

    async function states(): Promise<(string | undefined)[]> {
        const { AutoScalingGroups: groups } = await cloud().autoScaling.describeAutoScalingGroups({});
        return (groups?.[0]?.Instances ?? []).map(({ LifecycleState }) => LifecycleState);
    }

    it("tasks that fit nowhere wait as PROVISIONING and bring hosts, from none on; idle hosts go again", async () => {
        await clusterWithProvider({});
        await cloud().control("POST", "settings", { scaleInSeconds: 0.3 });
        const [first = "", second = ""] = await runBig(2);
        await untilHosts(2);
        await eventually(
            () => statuses([first, second]),
            (all) => all.every((status) => status === "RUNNING"),
        );
        expect(await desired()).to.equal(2);
        // The host that goes is the one that has nothing to do.
        await cloud().ecs.stopTask({ cluster: "dev", task: second });
        await untilHosts(1);
        expect(await statuses([first])).to.deep.equal(["RUNNING"]);
        await cloud().ecs.stopTask({ cluster: "dev", task: first });
        await untilHosts(0);
        expect(await desired()).to.equal(0);
    });

    it("idle hosts stay for a while, and the group's minimum for good", async () => {
        await clusterWithProvider({ min: 1 });
        await untilHosts(1);
        const run = async (): Promise<void> => {
            const { tasks = [] } = await cloud().ecs.runTask({
                cluster: "dev",
                taskDefinition: await taskDefinition(cloud(), 2048),
                count: 2,
            });
            await untilHosts(2);
            // Long enough for managed scaling to see that both hosts are needed.
            await new Promise((resolve) => setTimeout(resolve, 500));
            for (const { taskArn } of tasks) {
                await cloud().ecs.stopTask({ cluster: "dev", task: taskArn });
            }
        };
        await run();
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await desired()).to.equal(2);
        await cloud().control("POST", "settings", { scaleInSeconds: 0.3 });
        await run();
        await untilHosts(1);
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await desired()).to.equal(1);
    });

    // "Amazon ECS prevents the instances that contain tasks from being terminated during a scale-in action. The group and each
    // instance must have instance protection from scale-in": API reference of AutoScalingGroupProvider. Who protects
    // instances without that setting keeps them from everybody.
    for (const [managedTerminationProtection, left] of [
        ["ENABLED", 0],
        ["DISABLED", 1],
    ] as const) {
        it(`of protected idle hosts ${left} stay where managed termination protection is ${managedTerminationProtection}`, async () => {
            await clusterWithProvider({ isProtected: true, managedTerminationProtection });
            await cloud().control("POST", "settings", { scaleInSeconds: 0.1 });
            const [task] = await runBig(1);
            await untilHosts(1);
            await eventually(
                () => statuses([task ?? ""]),
                ([status]) => status === "RUNNING",
            );
            await cloud().ecs.stopTask({ cluster: "dev", task });
            await new Promise((resolve) => setTimeout(resolve, 500));
            await untilHosts(left);
            expect(await desired()).to.equal(left);
        });
    }

    it("a service's tasks bring hosts too, up to the group's maximum", async () => {
        await clusterWithProvider({ max: 2 });
        await cloud().ecs.createService({
            cluster: "dev",
            serviceName: "web",
            taskDefinition: await taskDefinition(cloud(), 2048),
            desiredCount: 3,
        });
        const service = async () =>
            (await cloud().ecs.describeServices({ cluster: "dev", services: ["web"] })).services?.[0];
        await eventually(service, (one) => one?.runningCount === 2);
        await untilHosts(2);
        expect(await service()).to.include({ runningCount: 2, pendingCount: 1 });
    });

    for (const [what, setting] of [
        ["one spare host for each that is needed, at half of the capacity as target", { targetCapacity: 50 }],
        ["as many hosts at once as the smallest step", { minimumScalingStepSize: 2 }],
    ] as const) {
        it(`brings ${what}`, async () => {
            await clusterWithProvider({ managedScaling: { status: "ENABLED", ...setting } });
            await runBig(1);
            await untilHosts(2);
            expect(await desired()).to.equal(2);
        });
    }

    it("a provider without managed scaling brings none: RunTask is refused", async () => {
        await clusterWithProvider({ managedScaling: { status: "DISABLED" } });
        const run = cloud().ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud()) });
        expect(await errorOf(run)).to.equal("InvalidParameterException");
        expect(await desired()).to.equal(0);
    });

    it("a task that fits on no host of the group brings none", async () => {
        await clusterWithProvider({});
        await cloud().ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud(), 8192) });
        await runBig(1);
        await untilHosts(1);
        expect(await desired()).to.equal(1);
    });

    it("a host that its group lets go is DRAINING first, and goes with its last task", async () => {
        await clusterWithProvider({ min: 1, managedScaling: { status: "DISABLED" } });
        await untilHosts(1);
        const { ecs, autoScaling } = cloud();
        const { tasks } = await ecs.runTask({
            cluster: "dev",
            taskDefinition: await taskDefinition(cloud()),
        });
        const size = { AutoScalingGroupName: "hosts", MinSize: 0, DesiredCapacity: 0 };
        await autoScaling.updateAutoScalingGroup(size);
        expect(await states()).to.deep.equal(["Terminating:Wait"]);
        expect((await hostsOf(cloud(), "dev")).map(({ status }) => status)).to.deep.equal(["DRAINING"]);
        // Whoever changes the group meanwhile lets no other host go for it, nor gets this one back.
        await autoScaling.updateAutoScalingGroup({ ...size, DesiredCapacity: 1 });
        await untilHosts(2);
        await ecs.stopTask({ cluster: "dev", task: tasks?.[0]?.taskArn });
        const [left] = await untilHosts(1);
        expect(left?.status).to.equal("ACTIVE");
    });

    it("the group has the hook of managed draining as long as that is on", async () => {
        await clusterWithProvider({});
        const { LifecycleHooks: hooks } = await cloud().autoScaling.describeLifecycleHooks(group);
        expect(
            hooks?.map(({ LifecycleHookName, LifecycleTransition, HeartbeatTimeout, DefaultResult }) => [
                LifecycleHookName,
                LifecycleTransition,
                HeartbeatTimeout,
                DefaultResult,
            ]),
        ).to.deep.equal([[hookName, "autoscaling:EC2_INSTANCE_TERMINATING", 3600, "CONTINUE"]]);
        await cloud().ecs.updateCapacityProvider({
            name: "hosts",
            autoScalingGroupProvider: { managedDraining: "DISABLED" },
        });
        expect((await cloud().autoScaling.describeLifecycleHooks(group)).LifecycleHooks).to.deep.equal([]);
    });

    it("a busy host that somebody has the group terminate waits too, and goes when its action is completed", async () => {
        await clusterWithProvider({ min: 1, managedScaling: { status: "DISABLED" } });
        const [host] = await untilHosts(1);
        const { ecs, autoScaling } = cloud();
        await ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud()) });
        const InstanceId = host?.ec2InstanceId;
        await autoScaling.updateAutoScalingGroup({ ...group, MinSize: 0 });
        const { Activity } = await autoScaling.terminateInstanceInAutoScalingGroup({
            InstanceId,
            ShouldDecrementDesiredCapacity: true,
        });
        expect([Activity?.AutoScalingGroupName, Activity?.StatusCode]).to.deep.equal([
            "hosts",
            "MidTerminatingLifecycleAction",
        ]);
        expect([await desired(), await states()]).to.deep.equal([0, ["Terminating:Wait"]]);
        const action = { ...group, LifecycleHookName: hookName, InstanceId };
        await autoScaling.recordLifecycleActionHeartbeat(action);
        await autoScaling.completeLifecycleAction({ ...action, LifecycleActionResult: "CONTINUE" });
        expect([await states(), await hostsOf(cloud(), "dev")]).to.deep.equal([[], []]);
        expect(await errorOf(autoScaling.recordLifecycleActionHeartbeat(action))).to.equal("ValidationError");
    });

    it("where the capacity provider is gone nobody sees to the hook: every member waits until it is deleted", async () => {
        await clusterWithProvider({ min: 1, managedScaling: { status: "DISABLED" } });
        await untilHosts(1);
        const { ecs, autoScaling } = cloud();
        await ecs.putClusterCapacityProviders({
            cluster: "dev",
            capacityProviders: [],
            defaultCapacityProviderStrategy: [],
        });
        await ecs.deleteCapacityProvider({ capacityProvider: "hosts" });
        await autoScaling.updateAutoScalingGroup({ ...group, MinSize: 0, DesiredCapacity: 0 });
        expect(await states()).to.deep.equal(["Terminating:Wait"]);
        await autoScaling.deleteLifecycleHook({ ...group, LifecycleHookName: hookName });
        expect(await states()).to.deep.equal([]);
    });

    it("hosts of a group that is deleted by force go at once", async () => {
        await clusterWithProvider({ min: 2, managedScaling: { status: "DISABLED" } });
        await untilHosts(2);
        const { ecs, autoScaling } = cloud();
        await ecs.runTask({ cluster: "dev", taskDefinition: await taskDefinition(cloud()), count: 2 });
        await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "hosts", ForceDelete: true });
        expect(await hostsOf(cloud(), "dev")).to.deep.equal([]);
    });
});

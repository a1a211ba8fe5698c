import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";
import { imageId, launchHost } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

/** Sources: EC2 Auto Scaling API reference of each action; user guide, health checks, suspended processes. */
describe("Auto Scaling groups of the local cloud, at their bounds", () => {
    const cloud = useCloud();
    const AutoScalingGroupName = "hosts";

    async function group(MinSize: number, MaxSize: number, DesiredCapacity: number): Promise<void> {
        const { ec2, autoScaling } = cloud();
        await ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: { ImageId: await imageId(cloud()), InstanceType: "t3.medium" },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName,
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinSize,
            MaxSize,
            DesiredCapacity,
            AvailabilityZones: ["us-east-1a", "us-east-1b"],
        });
    }

    async function described(): Promise<Partial<AutoScalingGroup>> {
        const answer = await cloud().autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: [AutoScalingGroupName],
        });
        return answer.AutoScalingGroups?.[0] ?? {};
    }

    const memberIds = async () =>
        ((await described()).Instances ?? []).map(({ InstanceId = "" }) => InstanceId);
    const attach = (id: string) =>
        cloud().autoScaling.attachInstances({ AutoScalingGroupName, InstanceIds: [id] });

    it("neither detaches nor terminates below its least number without replacement", async () => {
        const { autoScaling } = cloud();
        await group(2, 3, 2);
        const [first = "", second = ""] = await memberIds();
        const decrement = { ShouldDecrementDesiredCapacity: true };
        const detach = { AutoScalingGroupName, InstanceIds: [first], ...decrement };
        expect(await errorOf(autoScaling.detachInstances(detach))).to.equal("ValidationError");
        const terminate = { InstanceId: first, ...decrement };
        expect(await errorOf(autoScaling.terminateInstanceInAutoScalingGroup(terminate))).to.equal(
            "ValidationError",
        );
        expect(await memberIds()).to.deep.equal([first, second]);
        expect((await described()).DesiredCapacity).to.equal(2);
    });

    it("takes no instance above its greatest number, none that it has, none that stands still", async () => {
        const { ec2, autoScaling } = cloud();
        await group(0, 2, 1);
        const [member = ""] = await memberIds();
        const [zoneA] =
            (await ec2.describeSubnets({ Filters: [{ Name: "availability-zone", Values: ["us-east-1a"] }] }))
                .Subnets ?? [];
        const launch = () => launchHost(cloud(), { subnetId: zoneA?.SubnetId ?? "" });
        const [one, two, still] = [await launch(), await launch(), await launch()];
        await ec2.stopInstances({ InstanceIds: [still] });
        expect(await errorOf(attach(member))).to.equal("ValidationError");
        expect(await errorOf(attach(still))).to.equal("ValidationError");
        await attach(one);
        expect(await errorOf(attach(one))).to.equal("ValidationError");
        expect(await errorOf(attach(two))).to.equal("ValidationError");
        expect(await memberIds()).to.deep.equal([member, one]);
        // Nothing in the way of its end.
        await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName, ForceDelete: true });
        expect(await described()).to.deep.equal({});
    });

    it("detaches no instance that is not its own, and knows no member of no group", async () => {
        const { autoScaling } = cloud();
        await group(0, 2, 0);
        const id = await launchHost(cloud(), {});
        const calls = [
            autoScaling.detachInstances({
                AutoScalingGroupName,
                InstanceIds: [id],
                ShouldDecrementDesiredCapacity: false,
            }),
            autoScaling.setInstanceHealth({ InstanceId: id, HealthStatus: "Unhealthy" }),
            autoScaling.setInstanceProtection({
                AutoScalingGroupName,
                InstanceIds: [id],
                ProtectedFromScaleIn: true,
            }),
            autoScaling.terminateInstanceInAutoScalingGroup({
                InstanceId: id,
                ShouldDecrementDesiredCapacity: false,
            }),
        ];
        for (const call of calls) {
            expect(await errorOf(call)).to.equal("ValidationError");
        }
    });

    it("replaces a member that is said to be unhealthy, and one that was stopped", async () => {
        const { ec2, autoScaling } = cloud();
        await group(2, 2, 2);
        const [first = "", second = ""] = await memberIds();
        await autoScaling.setInstanceHealth({ InstanceId: first, HealthStatus: "Unhealthy" });
        expect(await memberIds())
            .to.have.length(2)
            .and.to.include(second)
            .and.not.to.include(first);
        await ec2.stopInstances({ InstanceIds: [second] });
        expect(await memberIds())
            .to.have.length(2)
            .and.not.to.include(second);
        const { Reservations: reservations = [] } = await ec2.describeInstances({
            InstanceIds: [first, second],
        });
        const states = reservations.flatMap(({ Instances = [] }) =>
            Instances.map(({ State }) => State?.Name),
        );
        expect(states).to.deep.equal(["terminated", "terminated"]);
    });

    it("launches, terminates and replaces nothing while these processes are suspended, and all of it afterwards", async () => {
        const { ec2, autoScaling } = cloud();
        await group(0, 3, 1);
        const [first = ""] = await memberIds();
        const suspend = (...ScalingProcesses: string[]) =>
            autoScaling.suspendProcesses({ AutoScalingGroupName, ScalingProcesses });
        const want = (DesiredCapacity: number) =>
            autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity });
        await suspend("Launch", "Terminate", "ReplaceUnhealthy");
        await want(2);
        expect(await memberIds()).to.deep.equal([first]);
        await want(0);
        expect(await memberIds()).to.deep.equal([first]);
        await want(1);
        await ec2.stopInstances({ InstanceIds: [first] });
        expect(await memberIds()).to.deep.equal([first]);
        await autoScaling.resumeProcesses({ AutoScalingGroupName });
        expect(await memberIds())
            .to.have.length(1)
            .and.not.to.include(first);
    });

    it("of an unknown name answers every change with ValidationError", async () => {
        const { autoScaling } = cloud();
        const nobody = { AutoScalingGroupName: "nobody" };
        const id = "i-0123456789abcdef0";
        const calls = {
            attach: autoScaling.attachInstances({ ...nobody, InstanceIds: [id] }),
            delete: autoScaling.deleteAutoScalingGroup(nobody),
            detach: autoScaling.detachInstances({
                ...nobody,
                InstanceIds: [id],
                ShouldDecrementDesiredCapacity: true,
            }),
            hook: autoScaling.putLifecycleHook({
                ...nobody,
                LifecycleHookName: "drain",
                LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            }),
            protect: autoScaling.setInstanceProtection({
                ...nobody,
                InstanceIds: [id],
                ProtectedFromScaleIn: true,
            }),
            resume: autoScaling.resumeProcesses(nobody),
            standby: autoScaling.enterStandby({ ...nobody, ShouldDecrementDesiredCapacity: true }),
            suspend: autoScaling.suspendProcesses(nobody),
            update: autoScaling.updateAutoScalingGroup({ ...nobody, MinSize: 1 }),
            wanted: autoScaling.setDesiredCapacity({ ...nobody, DesiredCapacity: 1 }),
        };
        for (const [what, call] of Object.entries(calls)) {
            expect(await errorOf(call), what).to.equal("ValidationError");
        }
    });
});

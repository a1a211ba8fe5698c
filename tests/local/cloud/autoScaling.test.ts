import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";
import fs from "node:fs/promises";
import path from "node:path";
import { hostProfile, hostsOf, hostZones, imageId, launchHost, namesCluster } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

describe("Auto Scaling groups of the local cloud", () => {
    const cloud = useCloud();

    async function subnets(count: number): Promise<string[]> {
        const { Subnets: found = [] } = await cloud().ec2.describeSubnets({
            Filters: [{ Name: "availability-zone", Values: hostZones.slice(0, count) }],
        });
        return found.map(({ SubnetId }) => SubnetId ?? "");
    }

    async function group(
        size: { min: number; max: number; desired?: number },
        isProtected = false,
    ): Promise<void> {
        const { ec2, autoScaling } = cloud();
        await ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: {
                ImageId: await imageId(cloud()),
                InstanceType: "t3.medium",
                UserData: Buffer.from(namesCluster("dev")).toString("base64"),
                IamInstanceProfile: { Name: await hostProfile(cloud()) },
                MetadataOptions: { HttpTokens: "required" },
                BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 50, VolumeType: "gp3" } }],
                TagSpecifications: [{ ResourceType: "volume", Tags: [{ Key: "owner", Value: "alice" }] }],
            },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "hosts",
            LaunchTemplate: { LaunchTemplateName: "hosts", Version: "$Latest" },
            MinSize: size.min,
            MaxSize: size.max,
            ...(size.desired !== undefined && { DesiredCapacity: size.desired }),
            VPCZoneIdentifier: (await subnets(3)).join(","),
            NewInstancesProtectedFromScaleIn: isProtected,
            Tags: [
                {
                    Key: "environment",
                    Value: "dev",
                    PropagateAtLaunch: true,
                    ResourceId: "hosts",
                    ResourceType: "auto-scaling-group",
                },
                {
                    Key: "secret",
                    Value: "no",
                    PropagateAtLaunch: false,
                    ResourceId: "hosts",
                    ResourceType: "auto-scaling-group",
                },
            ],
        });
    }

    async function describeGroup(): Promise<Partial<AutoScalingGroup>> {
        const { AutoScalingGroups: groups } = await cloud().autoScaling.describeAutoScalingGroups({
            AutoScalingGroupNames: ["hosts"],
        });
        return groups?.[0] ?? {};
    }

    const memberIds = async () =>
        ((await describeGroup()).Instances ?? []).map(({ InstanceId }) => InstanceId ?? "");

    it("launches its members over all subnets, with everything of template and group", async () => {
        const { ec2 } = cloud();
        await group({ min: 1, max: 4, desired: 3 });
        const ids = await memberIds();
        const { Reservations: reservations = [] } = await ec2.describeInstances({ InstanceIds: ids });
        const instances = reservations.flatMap(({ Instances }) => Instances ?? []);
        expect(instances.map(({ SubnetId }) => SubnetId).sort()).to.deep.equal((await subnets(3)).sort());
        for (const instance of instances) {
            expect(instance.IamInstanceProfile?.Arn).to.include("ecsInstanceRole");
            expect(instance.MetadataOptions?.HttpTokens).to.equal("required");
            const tags = new Map(instance.Tags?.map(({ Key, Value }) => [Key, Value]));
            expect(tags.get("environment")).to.equal("dev");
            expect(tags.get("aws:autoscaling:groupName")).to.equal("hosts");
            expect(tags.has("secret")).to.equal(false);
        }
        const { Volumes: volumes = [] } = await ec2.describeVolumes({
            Filters: [{ Name: "tag:owner", Values: ["alice"] }],
        });
        expect(volumes.filter(({ Attachments }) => Attachments?.[0]?.Device === "/dev/sdf")).to.have.length(
            3,
        );
        expect(await describeGroup()).to.include({ DesiredCapacity: 3, MinSize: 1, MaxSize: 4 });
    });

    it("its members join their cluster, under its capacity provider", async () => {
        const { ecs } = cloud();
        await ecs.createCluster({ clusterName: "dev" });
        await group({ min: 0, max: 2 });
        await ecs.createCapacityProvider({
            name: "hosts",
            autoScalingGroupProvider: { autoScalingGroupArn: (await describeGroup()).AutoScalingGroupARN },
        });
        await ecs.putClusterCapacityProviders({
            cluster: "dev",
            capacityProviders: ["hosts"],
            defaultCapacityProviderStrategy: [],
        });
        await cloud().autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 2 });
        const hosts = await eventually(
            () => hostsOf(cloud(), "dev"),
            (found) => found.length === 2,
        );
        expect(hosts.map(({ capacityProviderName }) => capacityProviderName)).to.deep.equal([
            "hosts",
            "hosts",
        ]);
    });

    it("replaces a member that was terminated behind its back", async () => {
        await group({ min: 2, max: 2 });
        const [first = "", second = ""] = await memberIds();
        await cloud().ec2.terminateInstances({ InstanceIds: [first] });
        const ids = await memberIds();
        expect(ids).to.have.length(2).and.to.include(second).and.not.to.include(first);
    });

    it("follows updates of its size both ways, within its bounds", async () => {
        const { autoScaling } = cloud();
        await group({ min: 1, max: 3 });
        const update = (change: object) =>
            autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "hosts", ...change });
        await update({ DesiredCapacity: 3 });
        expect(await memberIds()).to.have.length(3);
        await update({ MaxSize: 2 });
        expect(await memberIds()).to.have.length(2);
        expect(await errorOf(update({ DesiredCapacity: 5 }))).to.equal("ValidationError");
        expect(
            await errorOf(
                autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 0 }),
            ),
        ).to.equal("ValidationError");
        await update({ MinSize: 0, DesiredCapacity: 0 });
        expect(await memberIds()).to.deep.equal([]);
    });

    it("keeps members that are protected from scale-in", async () => {
        const { autoScaling } = cloud();
        await group({ min: 0, max: 2, desired: 2 }, true);
        await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 0 });
        const ids = await memberIds();
        expect(ids).to.have.length(2);
        await autoScaling.setInstanceProtection({
            AutoScalingGroupName: "hosts",
            InstanceIds: ids,
            ProtectedFromScaleIn: false,
        });
        await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 0 });
        expect(await memberIds()).to.deep.equal([]);
    });

    for (const attribute of ["DisableApiTermination", "DisableApiStop"]) {
        it(`terminates members whatever EC2 protects them by, such as ${attribute}`, async () => {
            const { autoScaling, ec2 } = cloud();
            await group({ min: 0, max: 3, desired: 3 });
            const ids = await memberIds();
            for (const InstanceId of ids) {
                await ec2.modifyInstanceAttribute({ InstanceId, [attribute]: { Value: true } });
            }
            expect(await errorOf(ec2.terminateInstances({ InstanceIds: ids }))).to.equal(
                "OperationNotPermitted",
            );
            await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 2 });
            const [one = "", ...others] = await memberIds();
            expect(others).to.have.length(1);
            await autoScaling.terminateInstanceInAutoScalingGroup({
                InstanceId: one,
                ShouldDecrementDesiredCapacity: true,
            });
            expect(await memberIds()).to.deep.equal(others);
            await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "hosts", ForceDelete: true });
            expect(await describeGroup()).to.deep.equal({});
        });
    }

    it("terminates one member on request, and lets the wanted number follow when told to", async () => {
        const { autoScaling } = cloud();
        await group({ min: 0, max: 2, desired: 2 });
        const [first = ""] = await memberIds();
        const { Activity: activity } = await autoScaling.terminateInstanceInAutoScalingGroup({
            InstanceId: first,
            ShouldDecrementDesiredCapacity: true,
        });
        expect(activity?.Description).to.include(first);
        expect(await memberIds())
            .to.have.length(1)
            .and.not.to.include(first);
        expect((await describeGroup()).DesiredCapacity).to.equal(1);
    });

    it("is not deleted while members remain, unless forced: then nothing is left", async () => {
        const { autoScaling, ec2 } = cloud();
        await group({ min: 1, max: 2 });
        const remove = (ForceDelete: boolean) =>
            autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "hosts", ForceDelete });
        expect(await errorOf(remove(false))).to.equal("ResourceInUseFault");
        await remove(true);
        expect((await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups).to.deep.equal([]);
        const { Reservations: reservations } = await ec2.describeInstances({
            Filters: [{ Name: "instance-state-name", Values: ["running", "pending", "stopped"] }],
        });
        expect(reservations).to.deep.equal([]);
        expect((await ec2.describeVolumes({})).Volumes).to.deep.equal([]);
    });

    it("stays short of members that it cannot launch, and says why in the log", async () => {
        const { autoScaling, ec2, info } = cloud();
        await group({ min: 1, max: 2 });
        await ec2.createLaunchTemplateVersion({
            LaunchTemplateName: "hosts",
            SourceVersion: "1",
            LaunchTemplateData: { ImageId: "ami-0123456789abcdef0" },
        });
        await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 2 });
        expect(await describeGroup()).to.include({ DesiredCapacity: 2 });
        expect(await memberIds()).to.have.length(1);
        const log = await fs.readFile(path.join(info.directory, "cloud.log"), "utf8");
        expect(log).to.match(/Auto Scaling group hosts: .*ami-0123456789abcdef0/);
    });

    // SUSE's guide, section 3: a running host is added to the group that the wizard made.
    it("takes an instance that is attached, and wants one more from then on", async () => {
        const { autoScaling } = cloud();
        await group({ min: 1, max: 2 });
        const id = await launchHost(cloud(), {});
        await autoScaling.attachInstances({ AutoScalingGroupName: "hosts", InstanceIds: [id] });
        expect(await memberIds())
            .to.have.length(2)
            .and.to.include(id);
        expect((await describeGroup()).DesiredCapacity).to.equal(2);
    });

    it("makes up for a member that is detached, unless it is to want one less", async () => {
        const { autoScaling } = cloud();
        await group({ min: 0, max: 2, desired: 2 });
        const [first = "", second = ""] = await memberIds();
        const detach = (id: string, ShouldDecrementDesiredCapacity: boolean) =>
            autoScaling.detachInstances({
                AutoScalingGroupName: "hosts",
                InstanceIds: [id],
                ShouldDecrementDesiredCapacity,
            });
        await detach(first, false);
        expect(await memberIds())
            .to.have.length(2)
            .and.not.to.include(first);
        await detach(second, true);
        expect(await memberIds())
            .to.have.length(1)
            .and.not.to.include(second);
        expect((await describeGroup()).DesiredCapacity).to.equal(1);
    });

    it("wants a launch template", async () => {
        const create = cloud().autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "old",
            LaunchConfigurationName: "hosts",
            MinSize: 0,
            MaxSize: 1,
            AvailabilityZones: ["us-east-1a"],
        });
        expect(await errorOf(create)).to.equal("ValidationError");
    });

    it("a second group of the same name is refused", async () => {
        await group({ min: 0, max: 1 });
        const again = cloud().autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "hosts",
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinSize: 0,
            MaxSize: 1,
            AvailabilityZones: ["us-east-1a"],
        });
        expect(await errorOf(again)).to.equal("AlreadyExistsFault");
    });
});

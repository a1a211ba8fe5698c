import { expect } from "chai";
import { hostProfile, imageId, launchHost, trustPolicy } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

const longEnough = 600;

// https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html and, of IAM,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
describe("what was made a moment ago, in a local cloud that takes its time", () => {
    const cloud = useCloud();
    const settleFor = (settlingSeconds: number): Promise<unknown> =>
        cloud().control("POST", "settings", { settlingSeconds });

    it("an instance does not exist for those who name it, and is missing from a list that is asked for it", async () => {
        await settleFor(longEnough);
        const id = await launchHost(cloud(), {});
        const { ec2 } = cloud();
        const InstanceIds = [id];
        expect(await errorOf(ec2.describeInstances({ InstanceIds }))).to.equal("InvalidInstanceID.NotFound");
        expect(await errorOf(ec2.terminateInstances({ InstanceIds }))).to.equal("InvalidInstanceID.NotFound");
        const tags = { Resources: [id], Tags: [{ Key: "a", Value: "b" }] };
        expect(await errorOf(ec2.createTags(tags))).to.equal("InvalidInstanceID.NotFound");
        const Filters = [{ Name: "instance-id", Values: [id] }];
        expect((await ec2.describeInstances({ Filters })).Reservations).to.deep.equal([]);
        expect((await ec2.describeInstances({})).Reservations).to.have.length(1);
    });

    it("a security group and a launch template neither", async () => {
        await settleFor(longEnough);
        const { ec2 } = cloud();
        const { GroupId } = await ec2.createSecurityGroup({ GroupName: "hosts", Description: "of hosts" });
        const group = ec2.describeSecurityGroups({ GroupIds: [GroupId ?? ""] });
        expect(await errorOf(group)).to.equal("InvalidGroup.NotFound");
        const { LaunchTemplate: template } = await ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: { ImageId: await imageId(cloud()) },
        });
        const found = ec2.describeLaunchTemplates({ LaunchTemplateIds: [template?.LaunchTemplateId ?? ""] });
        expect(await errorOf(found)).to.equal("InvalidLaunchTemplateId.NotFound");
    });

    it("a role and an instance profile neither, in IAM", async () => {
        await settleFor(longEnough);
        const { iam } = cloud();
        const RoleName = "hosts";
        await iam.createRole({ RoleName, AssumeRolePolicyDocument: trustPolicy("ec2.amazonaws.com") });
        expect(await errorOf(iam.getRole({ RoleName }))).to.match(/^NoSuchEntity/);
        await iam.createInstanceProfile({ InstanceProfileName: "hosts" });
        const added = iam.addRoleToInstanceProfile({ InstanceProfileName: "hosts", RoleName });
        expect(await errorOf(added)).to.match(/^NoSuchEntity/);
    });

    it("EC2 and Auto Scaling launch nothing with a profile that they have not heard of", async () => {
        const profile = await hostProfile(cloud());
        await settleFor(3);
        await cloud().iam.createInstanceProfile({ InstanceProfileName: "another" });
        const launched = (): Promise<string> => launchHost(cloud(), { profile: "another" });
        expect(await errorOf(launched())).to.equal("InvalidParameterValue");
        expect(await launchHost(cloud(), { profile })).to.match(/^i-/);
        await cloud().ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: {
                ImageId: await imageId(cloud()),
                InstanceType: "t3.medium",
                IamInstanceProfile: { Name: "another" },
            },
        });
        const group = (): Promise<unknown> =>
            cloud().autoScaling.createAutoScalingGroup({
                AutoScalingGroupName: "hosts",
                MinSize: 0,
                MaxSize: 1,
                AvailabilityZones: ["us-east-1a"],
                LaunchTemplate: { LaunchTemplateName: "hosts", Version: "1" },
            });
        expect(await errorOf(group())).to.equal("ValidationError");
        const later = await eventually(
            () => launched().catch(() => ""),
            (id) => id !== "",
        );
        expect(later).to.match(/^i-/);
        await group();
    });

    it("is known at once unless asked otherwise", async () => {
        const id = await launchHost(cloud(), {});
        const { Reservations } = await cloud().ec2.describeInstances({ InstanceIds: [id] });
        expect(Reservations).to.have.length(1);
    });
});

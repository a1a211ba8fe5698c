import { expect } from "chai";
import { groupOfHosts, launchHost } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

describe("members of Auto Scaling groups of the local cloud", () => {
    const cloud = useCloud();

    async function memberIds(): Promise<string[]> {
        const { AutoScalingGroups: groups } = await cloud().autoScaling.describeAutoScalingGroups({});
        return (groups?.[0]?.Instances ?? []).map(({ InstanceId }) => InstanceId ?? "");
    }

    // Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-attach-detach-instances.html
    it("goes by force with the instance that was attached, and without the one that was detached", async () => {
        const { autoScaling, ec2 } = cloud();
        await groupOfHosts(cloud());
        const [member = ""] = await memberIds();
        const attached = await launchHost(cloud(), {});
        const about = { AutoScalingGroupName: "hosts" };
        await autoScaling.attachInstances({ ...about, InstanceIds: [attached] });
        const detached = { ...about, InstanceIds: [member], ShouldDecrementDesiredCapacity: true };
        await autoScaling.detachInstances(detached);
        await autoScaling.deleteAutoScalingGroup({ ...about, ForceDelete: true });
        const { Reservations: found = [] } = await ec2.describeInstances({ InstanceIds: [attached, member] });
        const states = found.flatMap(({ Instances = [] }) =>
            Instances.map(({ InstanceId, State }) => [InstanceId, State?.Name]),
        );
        expect(Object.fromEntries(states)).to.deep.equal({ [attached]: "terminated", [member]: "running" });
    });

    // Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html
    it("its members carry AWS's own tags of their launch template, which nobody may write or take away", async () => {
        const { ec2 } = cloud();
        await groupOfHosts(cloud());
        const [member = ""] = await memberIds();
        const { LaunchTemplates: templates } = await ec2.describeLaunchTemplates({});
        const { Reservations: found } = await ec2.describeInstances({ InstanceIds: [member] });
        const tags = Object.fromEntries(
            (found?.[0]?.Instances?.[0]?.Tags ?? []).map(({ Key = "", Value }) => [Key, Value]),
        );
        expect(tags).to.include({
            "aws:ec2launchtemplate:id": templates?.[0]?.LaunchTemplateId,
            "aws:ec2launchtemplate:version": "1",
        });
        const Resources = [member];
        const create = ec2.createTags({ Resources, Tags: [{ Key: "aws:team", Value: "web" }] });
        expect(await errorOf(create)).to.equal("InvalidParameterValue");
        const remove = ec2.deleteTags({ Resources, Tags: [{ Key: "aws:ec2launchtemplate:id" }] });
        expect(await errorOf(remove)).to.equal("InvalidParameterValue");
    });
});

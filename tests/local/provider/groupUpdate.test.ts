import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { changes, run } from "./support/operations";
import { startWorld, type World } from "./support/world";

describe("an update of an Auto Scaling group", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    it("sends what changed alone: what scaling has made of the wanted number since stays", async () => {
        const sizes = { desiredCapacity: 1, maxSize: 3 };
        const program = async (): Promise<void> => {
            const image = await aws.ec2.getAmi({
                owners: ["amazon"],
                mostRecent: true,
                filters: [{ name: "name", values: ["suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64"] }],
            });
            const subnets = await aws.ec2.getSubnets({
                filters: [{ name: "availability-zone", values: ["us-east-1a"] }],
            });
            const template = new aws.ec2.LaunchTemplate("template", {
                imageId: image.id,
                instanceType: "t3.small",
            });
            new aws.autoscaling.Group("group", {
                name: "hosts",
                ...sizes,
                minSize: 0,
                forceDelete: true,
                launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
                vpcZoneIdentifiers: subnets.ids,
            });
        };
        const stack = await world.stack("group-update", program);
        await stack.up();
        const { autoScaling } = world.aws;
        await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "hosts", DesiredCapacity: 3 });
        const described = async () =>
            (await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups?.[0];
        const members = (await described())?.Instances?.map(({ InstanceId }) => InstanceId);

        sizes.maxSize = 4;
        expect(changes(await run(stack, "up"))).to.deep.equal({ group: ["update"] });
        const after = await described();
        expect(after).to.include({ DesiredCapacity: 3, MaxSize: 4, MinSize: 0 });
        expect(after?.Instances?.map(({ InstanceId }) => InstanceId)).to.deep.equal(members);

        sizes.desiredCapacity = 2;
        await run(stack, "up");
        expect((await described())?.Instances).to.have.length(2);
        await stack.destroy();
    });
});

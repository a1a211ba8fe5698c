import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { changes, run } from "./support/operations";
import { startWorld, type World } from "./support/world";

describe("replacing a host that holds a volume", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    const program =
        (userData: () => string, attachment: Partial<aws.ec2.VolumeAttachmentArgs>) =>
        async (): Promise<Record<string, unknown>> => {
            const image = await aws.ec2.getAmi({ owners: ["amazon"], mostRecent: true });
            const subnets = await aws.ec2.getSubnets({
                filters: [
                    { name: "default-for-az", values: ["true"] },
                    { name: "availability-zone", values: ["us-east-1a"] },
                ],
            });
            const volume = new aws.ebs.Volume("volume", {
                availabilityZone: "us-east-1a",
                size: 10,
                type: "gp3",
            });
            const host = new aws.ec2.Instance(
                "host",
                {
                    ami: image.id,
                    instanceType: "t3.small",
                    subnetId: subnets.ids[0] ?? "",
                    userData: userData(),
                    userDataReplaceOnChange: true,
                },
                { deleteBeforeReplace: true },
            );
            new aws.ec2.VolumeAttachment(
                "attachment",
                { deviceName: "/dev/sdf", instanceId: host.id, volumeId: volume.id, ...attachment },
                { deleteBeforeReplace: true },
            );
            return { hostId: host.id, volumeId: volume.id };
        };

    const ways: Readonly<Record<string, Partial<aws.ec2.VolumeAttachmentArgs>>> = {
        "stops the host and detaches the volume first": { stopInstanceBeforeDetaching: true },
        "lets the host's end free the volume": { skipDestroy: true },
    };
    for (const [way, attachment] of Object.entries(ways)) {
        it(`keeps the volume and gives it to the successor, when the attachment ${way}`, async () => {
            let userData = "#cloud-config\n";
            const stack = await world.stack(
                `replace-${Object.keys(attachment)[0] ?? ""}`,
                program(() => userData, attachment),
            );
            const before = (await stack.up()).outputs;
            userData = "#cloud-config\n# 2\n";
            const done = changes(await run(stack, "up"));
            const after = await stack.outputs();
            expect(Object.keys(done)).to.have.members(["host", "attachment"]);
            expect(after["volumeId"]?.value).to.equal(before["volumeId"]?.value);
            expect(after["hostId"]?.value).not.to.equal(before["hostId"]?.value);

            const { ec2 } = world.aws;
            const volumes = await ec2.describeVolumes({ VolumeIds: [String(after["volumeId"]?.value)] });
            const attachments = volumes.Volumes?.[0]?.Attachments ?? [];
            expect(attachments.map((found) => found.InstanceId)).to.deep.equal([after["hostId"]?.value]);
            expect(changes(await run(stack, "refresh"))).to.deep.equal({});
            await stack.destroy();
            expect((await ec2.describeVolumes({})).Volumes).to.deep.equal([]);
        });
    }
});

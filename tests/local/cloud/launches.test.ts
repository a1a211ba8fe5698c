import type { RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { imageId } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

/** Sources: EC2 API reference, RunInstances and error codes; EC2 user guide, user data; EC2 developer guide, idempotency. */
describe("launches that EC2 refuses, in the local cloud", () => {
    const cloud = useCloud();

    const run = async (wish: Partial<RunInstancesCommandInput>) =>
        cloud().ec2.runInstances({
            ImageId: await imageId(cloud()),
            InstanceType: "t3.medium",
            MinCount: 1,
            MaxCount: 1,
            ...wish,
        });

    const root = (VolumeSize: number): Partial<RunInstancesCommandInput> => ({
        BlockDeviceMappings: [{ DeviceName: "/dev/sda1", Ebs: { VolumeSize } }],
    });
    const userData = (bytes: number): Partial<RunInstancesCommandInput> => ({
        UserData: Buffer.alloc(bytes, "#").toString("base64"),
    });

    const table: readonly (readonly [string, Partial<RunInstancesCommandInput>, string])[] = [
        ["an unknown key pair", { KeyName: "nobody" }, "InvalidKeyPair.NotFound"],
        ["an unknown type", { InstanceType: "t3.mediun" as never }, "InvalidParameterValue"],
        ["a type of another architecture", { InstanceType: "t4g.medium" }, "InvalidParameterValue"],
        ["a root volume smaller than the image", root(8), "InvalidBlockDeviceMapping"],
        ["user data of 16 KiB and a byte", userData(16_385), "InvalidParameterValue"],
    ];
    for (const [what, wish, code] of table) {
        it(`${what}: ${code}, and nothing is launched`, async () => {
            expect(await errorOf(run(wish))).to.equal(code);
            expect((await cloud().ec2.describeInstances({})).Reservations).to.deep.equal([]);
        });
    }

    it("takes what is just allowed: a key pair that exists, a root volume like the image, user data of 16 KiB", async () => {
        await cloud().ec2.createKeyPair({ KeyName: "alice" });
        const { Instances: instances } = await run({ KeyName: "alice", ...root(10), ...userData(16_384) });
        expect(instances).to.have.length(1);
    });

    it("a type in a zone that does not offer it", async () => {
        const { ec2 } = cloud();
        const { InstanceTypeOfferings: offered = [] } = await ec2.describeInstanceTypeOfferings({
            LocationType: "availability-zone",
            Filters: [{ Name: "instance-type", Values: ["t3.medium"] }],
        });
        const { Subnets: subnets = [] } = await ec2.describeSubnets({});
        const without = subnets.find(
            ({ AvailabilityZone }) => !offered.some(({ Location }) => Location === AvailabilityZone),
        );
        expect(without?.AvailabilityZone).to.equal("us-east-1e");
        expect(await errorOf(run({ SubnetId: without?.SubnetId }))).to.equal("Unsupported");
    });

    it("the same client token makes one NAT gateway, one route table, one endpoint and one volume, however often", async () => {
        const { ec2 } = cloud();
        const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
        const VpcId = Vpc?.VpcId;
        const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: "10.9.0.0/24" });
        const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
        const ServiceName = "com.amazonaws.us-east-1.s3";
        const ids = async (ClientToken: string): Promise<readonly (string | undefined)[]> => [
            (await ec2.createNatGateway({ SubnetId: Subnet?.SubnetId, AllocationId, ClientToken })).NatGateway
                ?.NatGatewayId,
            (await ec2.createRouteTable({ VpcId, ClientToken: `${ClientToken}-table` })).RouteTable
                ?.RouteTableId,
            (await ec2.createVpcEndpoint({ VpcId, ServiceName, ClientToken: `${ClientToken}-endpoint` }))
                .VpcEndpoint?.VpcEndpointId,
            (
                await ec2.createVolume({
                    AvailabilityZone: "us-east-1a",
                    Size: 1,
                    ClientToken: `${ClientToken}-volume`,
                })
            ).VolumeId,
        ];
        const first = await ids("token-1");
        expect(await ids("token-1")).to.deep.equal(first);
        const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({
            Filters: [{ Name: "vpc-id", Values: [VpcId ?? ""] }],
        });
        expect(NetworkInterfaces).to.have.length(1);
    });

    it("the same client token launches one instance, however often; with other parameters it is refused", async () => {
        const first = await run({ ClientToken: "token-1" });
        const again = await run({ ClientToken: "token-1" });
        expect(again.Instances?.[0]?.InstanceId).to.equal(first.Instances?.[0]?.InstanceId);
        expect(await errorOf(run({ ClientToken: "token-1", InstanceType: "t3.large" }))).to.equal(
            "IdempotentParameterMismatch",
        );
        expect((await cloud().ec2.describeInstances({})).Reservations).to.have.length(1);
    });

    it("a launch template with too much user data; one that names no key pair of the account is for the group to refuse", async () => {
        const { ec2, autoScaling } = cloud();
        const create = async (data: object) =>
            ec2.createLaunchTemplate({
                LaunchTemplateName: "hosts",
                LaunchTemplateData: { ImageId: await imageId(cloud()), InstanceType: "t3.medium", ...data },
            });
        expect(await errorOf(create(userData(16_385)))).to.equal("InvalidParameterValue");
        await create({ KeyName: "nobody" });
        const group = autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "hosts",
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinSize: 0,
            MaxSize: 1,
            AvailabilityZones: ["us-east-1a"],
        });
        expect(await errorOf(group)).to.equal("ValidationError");
        expect((await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups).to.deep.equal([]);
    });

    it("a volume is never made smaller", async () => {
        const { ec2 } = cloud();
        const { VolumeId } = await ec2.createVolume({ AvailabilityZone: "us-east-1a", Size: 20 });
        expect(await errorOf(ec2.modifyVolume({ VolumeId, Size: 10 }))).to.equal("InvalidParameterValue");
        await ec2.modifyVolume({ VolumeId, Size: 30 });
        expect((await ec2.describeVolumes({})).Volumes?.map(({ Size }) => Size)).to.deep.equal([30]);
    });
});

import type { Instance, Volume } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { hostProfile, imageId, launchHost } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

describe("instances of the local cloud", () => {
    const cloud = useCloud();

    async function describeInstance(id: string): Promise<Instance> {
        const { Reservations: reservations } = await cloud().ec2.describeInstances({ InstanceIds: [id] });
        return reservations?.[0]?.Instances?.[0] ?? {};
    }

    async function volumesOf(id: string): Promise<Map<string, Volume>> {
        const { Volumes: volumes = [] } = await cloud().ec2.describeVolumes({
            Filters: [{ Name: "attachment.instance-id", Values: [id] }],
        });
        return new Map(volumes.map((volume) => [volume.Attachments?.[0]?.Device ?? "", volume]));
    }

    async function fromTemplate(): Promise<string> {
        const { ec2 } = cloud();
        const profile = await hostProfile(cloud());
        await ec2.createLaunchTemplate({
            LaunchTemplateName: "hosts",
            LaunchTemplateData: {
                ImageId: await imageId(cloud()),
                InstanceType: "t3.large",
                UserData: Buffer.from("#cloud-config\n{}\n").toString("base64"),
                IamInstanceProfile: { Name: profile },
                MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
                BlockDeviceMappings: [
                    { DeviceName: "/dev/sda1", Ebs: { VolumeSize: 30, VolumeType: "gp3", Encrypted: true } },
                    {
                        DeviceName: "/dev/sdf",
                        Ebs: { VolumeSize: 100, VolumeType: "gp3", Throughput: 250, Iops: 4000 },
                    },
                ],
                TagSpecifications: [
                    { ResourceType: "instance", Tags: [{ Key: "owner", Value: "alice" }] },
                    { ResourceType: "volume", Tags: [{ Key: "owner", Value: "alice" }] },
                ],
            },
        });
        const { Instances: instances } = await ec2.runInstances({
            LaunchTemplate: { LaunchTemplateName: "hosts" },
            MinCount: 1,
            MaxCount: 1,
        });
        return instances?.[0]?.InstanceId ?? "";
    }

    it("keeps all that a launch template says: profile, metadata options, volumes, tags, user data", async () => {
        const id = await fromTemplate();
        const instance = await describeInstance(id);
        expect(instance.IamInstanceProfile?.Arn).to.match(/instance-profile\/ecsInstanceRole$/);
        expect(instance.MetadataOptions).to.include({ HttpTokens: "required", HttpPutResponseHopLimit: 2 });
        expect(instance.InstanceType).to.equal("t3.large");
        const tags = new Map(instance.Tags?.map(({ Key, Value }) => [Key, Value]));
        expect(tags.get("owner")).to.equal("alice");
        expect(tags.get("aws:ec2launchtemplate:version")).to.equal("1");
        const volumes = await volumesOf(id);
        expect([...volumes.keys()].sort()).to.deep.equal(["/dev/sda1", "/dev/sdf"]);
        expect(volumes.get("/dev/sda1")).to.include({ Size: 30, Encrypted: true });
        expect(volumes.get("/dev/sdf")).to.include({
            Size: 100,
            VolumeType: "gp3",
            Throughput: 250,
            Iops: 4000,
        });
        expect(volumes.get("/dev/sdf")?.Tags).to.deep.equal([{ Key: "owner", Value: "alice" }]);
        const { UserData } = await cloud().ec2.describeInstanceAttribute({
            InstanceId: id,
            Attribute: "userData",
        });
        expect(Buffer.from(UserData?.Value ?? "", "base64").toString()).to.equal("#cloud-config\n{}\n");
    });

    it("what a call says wins over the launch template; the version asked for is used", async () => {
        const { ec2 } = cloud();
        await fromTemplate();
        await ec2.createLaunchTemplateVersion({
            LaunchTemplateName: "hosts",
            SourceVersion: "1",
            LaunchTemplateData: { InstanceType: "t3.xlarge" },
        });
        const { Instances: instances } = await ec2.runInstances({
            LaunchTemplate: { LaunchTemplateName: "hosts", Version: "$Latest" },
            ImageId: await imageId(cloud(), "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64"),
            MinCount: 1,
            MaxCount: 1,
        });
        expect(instances?.[0]).to.include({
            ImageId: await imageId(cloud(), "suse-sles-16-0-v*-ecs-hvm-ssd-x86_64"),
            InstanceType: "t3.xlarge",
        });
    });

    it("volumes and network interfaces go with their instance, volumes that were attached later stay", async () => {
        const { ec2 } = cloud();
        const id = await fromTemplate();
        const zone = (await describeInstance(id)).Placement?.AvailabilityZone;
        const { VolumeId: own } = await ec2.createVolume({ AvailabilityZone: zone, Size: 10 });
        await ec2.attachVolume({ VolumeId: own, InstanceId: id, Device: "/dev/sdg" });
        await ec2.terminateInstances({ InstanceIds: [id] });
        const { Volumes: volumes } = await ec2.describeVolumes({});
        expect(volumes?.map(({ VolumeId, State }) => [VolumeId, State])).to.deep.equal([[own, "available"]]);
        expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).to.deep.equal([]);
    });

    it("an instance without a subnet is in a default one, with a public address and a root volume of 10 GiB", async () => {
        const id = await launchHost(cloud(), {});
        const instance = await describeInstance(id);
        const { Subnets: subnets } = await cloud().ec2.describeSubnets({
            SubnetIds: [instance.SubnetId ?? ""],
        });
        expect(subnets?.[0]?.DefaultForAz).to.equal(true);
        expect(instance.PrivateIpAddress).to.match(/^172\.31\./);
        expect(instance.PublicIpAddress).to.be.a("string");
        expect((await volumesOf(id)).get("/dev/sda1")).to.include({ Size: 10 });
    });

    it("every instance of a call gets the profile", async () => {
        const { ec2 } = cloud();
        const Name = await hostProfile(cloud());
        const { Instances: instances } = await ec2.runInstances({
            ImageId: await imageId(cloud()),
            InstanceType: "t3.medium",
            MinCount: 2,
            MaxCount: 2,
            IamInstanceProfile: { Name },
        });
        for (const { InstanceId } of instances ?? []) {
            expect((await describeInstance(InstanceId ?? "")).IamInstanceProfile?.Arn).to.include(Name);
        }
        expect(instances).to.have.length(2);
    });

    it("refuses an unknown profile and an unknown image with EC2's own errors", async () => {
        expect(await errorOf(launchHost(cloud(), { profile: "nobody" }))).to.equal("InvalidParameterValue");
        const run = cloud().ec2.runInstances({ ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1 });
        expect(await errorOf(run)).to.equal("InvalidAMIID.NotFound");
    });

    it("an instance that is protected against termination, or against stops, is not terminated until that is lifted", async () => {
        const { ec2 } = cloud();
        const InstanceId = await launchHost(cloud(), {});
        const terminate = () => ec2.terminateInstances({ InstanceIds: [InstanceId] });
        for (const protection of ["DisableApiTermination", "DisableApiStop"] as const) {
            await ec2.modifyInstanceAttribute({ InstanceId, [protection]: { Value: true } });
            const refusal = await terminate().catch((error: unknown) => error as Error);
            expect([(refusal as Error).name, (refusal as Error).message]).to.deep.equal([
                "OperationNotPermitted",
                `The instance '${InstanceId}' may not be terminated. Modify its '${protection.replace("Dis", "dis")}' instance attribute and try again.`,
            ]);
            expect((await describeInstance(InstanceId)).State?.Name).to.equal("running");
            await ec2.modifyInstanceAttribute({ InstanceId, [protection]: { Value: false } });
        }
        await terminate();
    });

    it("a volume is attached once, in its own zone, under a free name", async () => {
        const { ec2 } = cloud();
        const first = await launchHost(cloud(), {});
        const second = await launchHost(cloud(), {});
        const zone = (await describeInstance(first)).Placement?.AvailabilityZone ?? "";
        const create = async (AvailabilityZone: string) =>
            (await ec2.createVolume({ AvailabilityZone, Size: 10 })).VolumeId ?? "";
        const attach = (VolumeId: string, InstanceId: string, Device = "/dev/sdf") =>
            ec2.attachVolume({ VolumeId, InstanceId, Device });
        const volume = await create(zone);
        await attach(volume, first);
        expect(await errorOf(attach(volume, second))).to.equal("VolumeInUse");
        expect(await errorOf(attach(await create(zone), first))).to.equal("InvalidParameterValue");
        const elsewhere = await create(zone === "us-east-1b" ? "us-east-1c" : "us-east-1b");
        expect(await errorOf(attach(elsewhere, first, "/dev/sdh"))).to.equal("InvalidVolume.ZoneMismatch");
        await ec2.terminateInstances({ InstanceIds: [second] });
        expect(await errorOf(attach(await create(zone), second))).to.equal("IncorrectState");
    });

    it("the account has the images that a careful filter tells apart", async () => {
        const names = async (filter: string) => {
            const { Images: images } = await cloud().ec2.describeImages({
                Owners: ["amazon"],
                Filters: [{ Name: "name", Values: [filter] }],
            });
            return images?.map(({ Name }) => Name).sort();
        };
        expect(await names("suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64")).to.deep.equal([
            "suse-sles-15-sp7-v20260310-ecs-hvm-ssd-x86_64",
            "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64",
            "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        ]);
        expect(await names("suse-sles-15-sp7-ecs-*")).to.deep.equal([]);
        expect(await names("suse-sles-15-sp7-*")).to.have.length.greaterThan(3);
        // An older one is deleted, which only pint knows.
        expect(await names("suse-sles-12-sp5-v*-ecs-*")).to.have.length(1);
        expect(await names("suse-sles-16-0-v*-ecs-*")).to.have.length(1);
        const { Images: images } = await cloud().ec2.describeImages({ Owners: ["013907871322"] });
        expect(images).to.have.length.greaterThan(10);
    });

    // "If you have a large number of resources, unpaginated calls might be throttled and could time out", but they give all:
    // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
    it("are all in one answer, however many they are, unless pages are asked for", async () => {
        const ids = await Promise.all(Array.from({ length: 101 }, () => launchHost(cloud(), {})));
        const { ec2 } = cloud();
        const { Reservations: all = [] } = await ec2.describeInstances({ InstanceIds: ids });
        expect(all.flatMap(({ Instances = [] }) => Instances)).to.have.length(101);
        const first = await ec2.describeInstances({ MaxResults: 100 });
        expect(first.Reservations).to.have.length(100);
        const { NextToken } = first;
        const last = await ec2.describeInstances({ MaxResults: 100, NextToken });
        expect(last.Reservations).to.have.length(1);
    });

    it("keep tags with the characters that XML reserves", async () => {
        const value = "a < b & \"c\" > 'd'";
        const id = await launchHost(cloud(), {});
        await cloud().ec2.createTags({ Resources: [id], Tags: [{ Key: value, Value: value }] });
        const { Tags } = await cloud().ec2.describeTags({
            Filters: [{ Name: "resource-id", Values: [id] }],
        });
        const { Reservations } = await cloud().ec2.describeInstances({ InstanceIds: [id] });
        for (const tags of [Tags, Reservations?.[0]?.Instances?.[0]?.Tags]) {
            expect(tags?.map(({ Key, Value }) => [Key, Value])).to.deep.equal([[value, value]]);
        }
    });

    // Filter resource-type: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html
    it("and addresses have tags of the type that EC2 has for them", async () => {
        const tags = { Tags: [{ Key: "owner", Value: "alice" }] };
        await cloud().ec2.allocateAddress({
            Domain: "vpc",
            TagSpecifications: [{ ResourceType: "elastic-ip", ...tags }],
        });
        const { Tags = [] } = await cloud().ec2.describeTags({});
        expect(Tags.map(({ ResourceType }) => ResourceType)).to.deep.equal(["elastic-ip"]);
    });

    // The same page: natgateway.
    it("and NAT gateways have the word that EC2 has for their type", async () => {
        const { ec2 } = cloud();
        const { Subnets = [] } = await ec2.describeSubnets({});
        const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
        const { NatGateway } = await ec2.createNatGateway({ SubnetId: Subnets[0]?.SubnetId, AllocationId });
        const id = NatGateway?.NatGatewayId ?? "";
        await ec2.createTags({ Resources: [id], Tags: [{ Key: "owner", Value: "alice" }] });
        const { Tags = [] } = await ec2.describeTags({ Filters: [{ Name: "resource-id", Values: [id] }] });
        expect(Tags.map(({ ResourceType }) => ResourceType)).to.deep.equal(["natgateway"]);
    });
});

import type { EC2, Instance, Volume } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import type { Call } from "../aws/call";
import { fromTagList } from "../aws/ec2Tags";
import type { FoundInstance } from "../aws/instances";
import type { Properties } from "../schema/property";
import type { Observed } from "../schema/resourceType";
import type { EbsBlockDevice } from "./instanceInputs";

/** Devices of the instance with the volumes behind them. */
async function devices(ec2: EC2, instance: Instance, known: Properties): Promise<Observed> {
    const mapped = instance.BlockDeviceMappings ?? [];
    const ids = mapped.map((device) => device.Ebs?.VolumeId ?? "").filter((id) => id !== "");
    const volumes = ids.length === 0 ? [] : ((await ec2.describeVolumes({ VolumeIds: ids })).Volumes ?? []);
    const described = mapped.map((device) => {
        const volume = volumes.find((candidate) => candidate.VolumeId === device.Ebs?.VolumeId);
        return {
            deviceName: device.DeviceName ?? "",
            ...describe(volume, device.Ebs?.DeleteOnTermination === true),
        };
    });
    // Volumes attached later are `VolumeAttachment`s of their own: only those of the launch belong to the instance.
    const launched = ((known["ebsBlockDevices"] ?? []) as unknown as readonly EbsBlockDevice[]).map(
        (d) => d.deviceName,
    );
    return {
        rootBlockDevice: described.find((device) => device.deviceName === instance.RootDeviceName),
        ebsBlockDevices: described.filter((device) => launched.includes(device.deviceName)),
    };
}

function describe(volume: Volume | undefined, deleteOnTermination: boolean): Observed {
    return {
        deleteOnTermination,
        encrypted: volume?.Encrypted === true,
        iops: volume?.Iops ?? 0,
        kmsKeyId: volume?.KmsKeyId ?? "",
        snapshotId: volume?.SnapshotId ?? "",
        tags: fromTagList(volume?.Tags),
        throughput: volume?.Throughput ?? 0,
        volumeId: volume?.VolumeId ?? "",
        volumeSize: volume?.Size ?? 0,
        volumeType: volume?.VolumeType ?? "",
    };
}

/** What takes a call of its own each. */
async function attributes(ec2: EC2, id: string, known: Properties): Promise<Observed> {
    const [termination, shutdown, userData] = await Promise.all([
        ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "disableApiTermination" }),
        ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "instanceInitiatedShutdownBehavior" }),
        ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "userData" }),
    ]);
    const encoded = userData.UserData?.Value ?? "";
    const decoded = Buffer.from(encoded, "base64").toString("utf8");
    return {
        disableApiTermination: termination.DisableApiTermination?.Value === true,
        instanceInitiatedShutdownBehavior: shutdown.InstanceInitiatedShutdownBehavior?.Value ?? "stop",
        ...(known["userDataBase64"] === undefined ? { userData: decoded } : { userDataBase64: encoded }),
    };
}

function profileName(instance: Instance): string {
    return instance.IamInstanceProfile?.Arn?.split("/").at(-1) ?? "";
}

function metadataOptions(instance: Instance): Observed | undefined {
    const options = instance.MetadataOptions;
    return (
        options && {
            httpEndpoint: options.HttpEndpoint,
            httpProtocolIpv6: options.HttpProtocolIpv6 ?? "disabled",
            httpPutResponseHopLimit: options.HttpPutResponseHopLimit,
            httpTokens: options.HttpTokens,
            instanceMetadataTags: options.InstanceMetadataTags ?? "disabled",
        }
    );
}

/** Everything that the state keeps of an instance. */
export async function instanceState(
    call: Call,
    id: string,
    found: FoundInstance,
    known: Properties,
): Promise<Observed> {
    const { instance } = found;
    const ec2 = await call.aws.ec2();
    const [blocks, more] = await Promise.all([devices(ec2, instance, known), attributes(ec2, id, known)]);
    const primary = instance.NetworkInterfaces?.find((candidate) => candidate.Attachment?.DeviceIndex === 0);
    return {
        ...blocks,
        ...more,
        ami: instance.ImageId,
        arn: ec2Arn(call.region, found.ownerId, `instance/${id}`),
        associatePublicIpAddress: (instance.PublicIpAddress ?? "") !== "",
        availabilityZone: instance.Placement?.AvailabilityZone,
        disableApiStop: false,
        ebsOptimized: instance.EbsOptimized === true,
        iamInstanceProfile: profileName(instance),
        instanceLifecycle: instance.InstanceLifecycle ?? "",
        instanceState: instance.State?.Name,
        instanceType: instance.InstanceType,
        keyName: instance.KeyName ?? "",
        metadataOptions: metadataOptions(instance),
        monitoring: ["enabled", "pending"].includes(instance.Monitoring?.State ?? ""),
        outpostArn: instance.OutpostArn ?? "",
        passwordData: "",
        primaryNetworkInterfaceId: primary?.NetworkInterfaceId ?? "",
        privateDns: instance.PrivateDnsName ?? "",
        privateIp: instance.PrivateIpAddress ?? "",
        publicDns: instance.PublicDnsName ?? "",
        publicIp: instance.PublicIpAddress ?? "",
        sourceDestCheck: instance.SourceDestCheck !== false,
        spotInstanceRequestId: instance.SpotInstanceRequestId ?? "",
        subnetId: instance.SubnetId ?? "",
        tags: fromTagList(instance.Tags),
        tenancy: instance.Placement?.Tenancy ?? "default",
        vpcSecurityGroupIds: (instance.SecurityGroups ?? []).map((group) => group.GroupId),
    };
}

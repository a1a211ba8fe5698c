import type {
    BlockDeviceMapping,
    EC2,
    RunInstancesRequest,
    Tenancy,
    VolumeType,
    _InstanceType,
} from "@aws-sdk/client-ec2";
import type { Call } from "../aws/call";
import { tagSpecifications } from "../aws/ec2Tags";
import { errorCode } from "../aws/errors";
import { until } from "../aws/wait";
import type { Tags } from "../schema/resourceType";
import {
    encodedUserData,
    type EbsBlockDevice,
    type InstanceInputs,
    type RootBlockDevice,
} from "./instanceInputs";

/** As long as the official provider waits for a new instance profile to reach EC2. */
const profileLimitSeconds = 120;

function toMapping(deviceName: string, device: RootBlockDevice | EbsBlockDevice): BlockDeviceMapping {
    return {
        DeviceName: deviceName,
        Ebs: {
            DeleteOnTermination: device.deleteOnTermination,
            Encrypted: device.encrypted,
            Iops: device.iops,
            KmsKeyId: device.kmsKeyId,
            SnapshotId: "snapshotId" in device ? device.snapshotId : undefined,
            Throughput: device.throughput,
            VolumeSize: device.volumeSize,
            VolumeType: device.volumeType as VolumeType | undefined,
        },
    };
}

async function rootDeviceName(ec2: EC2, ami: string | undefined): Promise<string> {
    const images = await ec2.describeImages({ ImageIds: ami === undefined ? [] : [ami] });
    return images.Images?.[0]?.RootDeviceName ?? "/dev/sda1";
}

async function mappings(ec2: EC2, inputs: InstanceInputs): Promise<BlockDeviceMapping[]> {
    const root = inputs.rootBlockDevice;
    return [
        ...(root === undefined ? [] : [toMapping(await rootDeviceName(ec2, inputs.ami), root)]),
        ...(inputs.ebsBlockDevices ?? []).map((device) => toMapping(device.deviceName, device)),
    ];
}

/** Network of the instance: with an explicit public address, EC2 wants it all on the interface. */
function network(inputs: InstanceInputs): Partial<RunInstancesRequest> {
    const groups = inputs.vpcSecurityGroupIds === undefined ? undefined : [...inputs.vpcSecurityGroupIds];
    if (inputs.associatePublicIpAddress === undefined) {
        return { PrivateIpAddress: inputs.privateIp, SecurityGroupIds: groups, SubnetId: inputs.subnetId };
    }
    return {
        NetworkInterfaces: [
            {
                AssociatePublicIpAddress: inputs.associatePublicIpAddress,
                DeleteOnTermination: true,
                DeviceIndex: 0,
                Groups: groups,
                PrivateIpAddress: inputs.privateIp,
                SubnetId: inputs.subnetId,
            },
        ],
    };
}

function volumeTags(inputs: InstanceInputs): Tags {
    return { ...inputs.volumeTags, ...inputs.rootBlockDevice?.tags };
}

function toRequest(call: Call, inputs: InstanceInputs, devices: BlockDeviceMapping[]): RunInstancesRequest {
    const metadata = inputs.metadataOptions;
    return {
        ...network(inputs),
        BlockDeviceMappings: devices.length > 0 ? devices : undefined,
        DisableApiStop: inputs.disableApiStop,
        DisableApiTermination: inputs.disableApiTermination,
        EbsOptimized: inputs.ebsOptimized,
        IamInstanceProfile:
            inputs.iamInstanceProfile === undefined ? undefined : { Name: inputs.iamInstanceProfile },
        ImageId: inputs.ami,
        InstanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior as
            "stop" | "terminate" | undefined,
        InstanceType: inputs.instanceType as _InstanceType | undefined,
        KeyName: inputs.keyName,
        MaxCount: 1,
        MetadataOptions: metadata && {
            HttpEndpoint: metadata.httpEndpoint as "enabled" | "disabled" | undefined,
            HttpProtocolIpv6: metadata.httpProtocolIpv6 as "enabled" | "disabled" | undefined,
            HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
            HttpTokens: metadata.httpTokens as "optional" | "required" | undefined,
            InstanceMetadataTags: metadata.instanceMetadataTags as "enabled" | "disabled" | undefined,
        },
        MinCount: 1,
        Monitoring: inputs.monitoring === undefined ? undefined : { Enabled: inputs.monitoring },
        Placement: {
            AvailabilityZone: inputs.availabilityZone,
            Tenancy: inputs.tenancy as Tenancy | undefined,
        },
        TagSpecifications: [
            ...(tagSpecifications("instance", call.tags).TagSpecifications ?? []),
            ...(tagSpecifications("volume", volumeTags(inputs)).TagSpecifications ?? []),
        ],
        UserData: encodedUserData(inputs),
    };
}

/** Launches the instance and answers its id. A profile made a moment ago may not have reached EC2 yet. */
export async function launch(call: Call, inputs: InstanceInputs): Promise<string> {
    const ec2 = await call.aws.ec2();
    const request = toRequest(call, inputs, await mappings(ec2, inputs));
    let id: string | undefined;
    await until(
        call,
        { what: "EC2 to know the instance profile", limitSeconds: profileLimitSeconds },
        async () => {
            try {
                id = (await ec2.runInstances(request)).Instances?.[0]?.InstanceId;
                return true;
            } catch (error) {
                if (
                    errorCode(error) === "InvalidParameterValue" &&
                    /instance profile/i.test((error as Error).message)
                ) {
                    return (error as Error).message;
                }
                throw error;
            }
        },
    );
    return id ?? "";
}

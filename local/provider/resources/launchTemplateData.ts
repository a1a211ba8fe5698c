import type {
    LaunchTemplateBlockDeviceMappingRequest,
    RequestLaunchTemplateData,
    ResponseLaunchTemplateData,
    Tenancy,
    VolumeType,
    _InstanceType,
} from "@aws-sdk/client-ec2";
import { fromTagList, toTagList } from "../aws/ec2Tags";
import type { Observed } from "../schema/resourceType";
import type { LaunchTemplateInputs } from "./launchTemplateInputs";

type Mapping = NonNullable<LaunchTemplateInputs["blockDeviceMappings"]>[number];
type Interface = NonNullable<LaunchTemplateInputs["networkInterfaces"]>[number];

/** The package has these flags as text, so that leaving one out differs from `"false"`. */
function toFlag(value: string | undefined): boolean | undefined {
    return value === undefined || value === "" ? undefined : value === "true";
}

function fromFlag(value: boolean | undefined): string | undefined {
    return value === undefined ? undefined : String(value);
}

function toMapping(mapping: Mapping): LaunchTemplateBlockDeviceMappingRequest {
    const { ebs } = mapping;
    return {
        DeviceName: mapping.deviceName,
        NoDevice: mapping.noDevice,
        VirtualName: mapping.virtualName,
        Ebs: ebs && {
            DeleteOnTermination: toFlag(ebs.deleteOnTermination),
            Encrypted: toFlag(ebs.encrypted),
            Iops: ebs.iops,
            KmsKeyId: ebs.kmsKeyId,
            SnapshotId: ebs.snapshotId,
            Throughput: ebs.throughput,
            VolumeSize: ebs.volumeSize,
            VolumeType: ebs.volumeType as VolumeType | undefined,
        },
    };
}

function toInterface(wanted: Interface): NonNullable<RequestLaunchTemplateData["NetworkInterfaces"]>[number] {
    return {
        AssociatePublicIpAddress: toFlag(wanted.associatePublicIpAddress),
        DeleteOnTermination: toFlag(wanted.deleteOnTermination),
        Description: wanted.description,
        DeviceIndex: wanted.deviceIndex ?? 0,
        Groups: wanted.securityGroups === undefined ? undefined : [...wanted.securityGroups],
        PrivateIpAddress: wanted.privateIpAddress,
        SubnetId: wanted.subnetId,
    };
}

/** The inputs as a version of the template. */
export function toTemplateData(inputs: LaunchTemplateInputs): RequestLaunchTemplateData {
    const metadata = inputs.metadataOptions;
    const { iamInstanceProfile: profile, placement } = inputs;
    return {
        BlockDeviceMappings: inputs.blockDeviceMappings?.map(toMapping),
        DisableApiStop: inputs.disableApiStop,
        DisableApiTermination: inputs.disableApiTermination,
        EbsOptimized: toFlag(inputs.ebsOptimized),
        IamInstanceProfile: profile && { Arn: profile.arn, Name: profile.name },
        ImageId: inputs.imageId,
        InstanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior as
            "stop" | "terminate" | undefined,
        InstanceType: inputs.instanceType as _InstanceType | undefined,
        KeyName: inputs.keyName,
        MetadataOptions: metadata && {
            HttpEndpoint: metadata.httpEndpoint as "enabled" | "disabled" | undefined,
            HttpProtocolIpv6: metadata.httpProtocolIpv6 as "enabled" | "disabled" | undefined,
            HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
            HttpTokens: metadata.httpTokens as "optional" | "required" | undefined,
            InstanceMetadataTags: metadata.instanceMetadataTags as "enabled" | "disabled" | undefined,
        },
        Monitoring: inputs.monitoring && { Enabled: inputs.monitoring.enabled },
        NetworkInterfaces: inputs.networkInterfaces?.map(toInterface),
        Placement: placement && {
            AvailabilityZone: placement.availabilityZone,
            GroupName: placement.groupName,
            Tenancy: placement.tenancy as Tenancy | undefined,
        },
        SecurityGroupIds:
            inputs.vpcSecurityGroupIds === undefined ? undefined : [...inputs.vpcSecurityGroupIds],
        TagSpecifications: inputs.tagSpecifications?.map((specification) => ({
            ResourceType: specification.resourceType as "instance" | undefined,
            Tags: toTagList(specification.tags ?? {}),
        })),
        UserData: inputs.userData,
    };
}

function fromMapping(
    mapping: NonNullable<ResponseLaunchTemplateData["BlockDeviceMappings"]>[number],
): Observed {
    const { Ebs } = mapping;
    return {
        deviceName: mapping.DeviceName,
        noDevice: mapping.NoDevice,
        virtualName: mapping.VirtualName,
        ebs: Ebs && {
            deleteOnTermination: fromFlag(Ebs.DeleteOnTermination),
            encrypted: fromFlag(Ebs.Encrypted),
            iops: Ebs.Iops,
            kmsKeyId: Ebs.KmsKeyId,
            snapshotId: Ebs.SnapshotId,
            throughput: Ebs.Throughput,
            volumeSize: Ebs.VolumeSize,
            volumeType: Ebs.VolumeType,
        },
    };
}

function fromInterface(
    found: NonNullable<ResponseLaunchTemplateData["NetworkInterfaces"]>[number],
): Observed {
    return {
        associatePublicIpAddress: fromFlag(found.AssociatePublicIpAddress),
        deleteOnTermination: fromFlag(found.DeleteOnTermination),
        description: found.Description,
        deviceIndex: found.DeviceIndex,
        privateIpAddress: found.PrivateIpAddress,
        securityGroups: found.Groups,
        subnetId: found.SubnetId,
    };
}

/** A version of the template as inputs. */
export function fromTemplateData(data: ResponseLaunchTemplateData): Observed {
    const { IamInstanceProfile: profile, MetadataOptions: metadata, Placement: placement } = data;
    return {
        blockDeviceMappings: (data.BlockDeviceMappings ?? []).map(fromMapping),
        disableApiStop: data.DisableApiStop,
        disableApiTermination: data.DisableApiTermination,
        ebsOptimized: fromFlag(data.EbsOptimized),
        iamInstanceProfile: profile && { arn: profile.Arn, name: profile.Name },
        imageId: data.ImageId,
        instanceInitiatedShutdownBehavior: data.InstanceInitiatedShutdownBehavior,
        instanceType: data.InstanceType,
        keyName: data.KeyName,
        metadataOptions: metadata && {
            httpEndpoint: metadata.HttpEndpoint,
            httpProtocolIpv6: metadata.HttpProtocolIpv6,
            httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit,
            httpTokens: metadata.HttpTokens,
            instanceMetadataTags: metadata.InstanceMetadataTags,
        },
        monitoring: data.Monitoring && { enabled: data.Monitoring.Enabled },
        networkInterfaces: (data.NetworkInterfaces ?? []).map(fromInterface),
        placement: placement && {
            availabilityZone: placement.AvailabilityZone,
            groupName: placement.GroupName,
            tenancy: placement.Tenancy,
        },
        tagSpecifications: (data.TagSpecifications ?? [])
            // moto puts the tags of the template itself among those of what it launches.
            .filter((specification) => specification.ResourceType !== "launch-template")
            .map((specification) => ({
                resourceType: specification.ResourceType,
                tags: fromTagList(specification.Tags),
            })),
        userData: data.UserData,
        vpcSecurityGroupIds: data.SecurityGroupIds ?? [],
    };
}

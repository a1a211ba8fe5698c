import type { Instance, VolumeType } from "@aws-sdk/client-ec2";
import type { Cloud } from "../cloud";
import { ec2Request } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";
import type { ApiResponse } from "../front/apiResponse";
import { readForm, writeForm } from "../front/form";
import { completeBlockDevices } from "./blockDevices";
import type { VolumeFix } from "./blockDevices";
import { checkLaunch, checkZone, zonesOffering } from "./launchChecks";
import { applyLaunchTemplate } from "./launchTemplate";

/**
 * Launches instances and lets them boot: RunInstances with all that a launch template says, and with what moto leaves
 * out set afterwards. @throws AwsError with EC2's reasons
 */
export async function launchInstances(
    cloud: Cloud,
    region: string,
    form: URLSearchParams,
): Promise<{ readonly response: ApiResponse; readonly instanceIds: readonly string[] }> {
    await applyLaunchTemplate(cloud, region, form);
    const image = await checkLaunch(cloud, region, form);
    await checkProfile(cloud, region, form);
    await completeNetwork(cloud, region, form);
    const subnetId = form.get("NetworkInterface.1.SubnetId");
    if (subnetId !== null) {
        await checkZone(cloud, region, form.get("InstanceType") ?? "m1.small", subnetId);
    }
    const fixes = completeBlockDevices(form, image.RootDeviceName ?? "/dev/sda1");
    const response = await cloud.forward(ec2Request(region, form));
    if (response.status >= 300) {
        return { response, instanceIds: [] };
    }
    const ids = response.body.toString("utf8").matchAll(/<instanceId>(i-[0-9a-f]+)</g);
    const instanceIds = [...ids].map(([, id = ""]) => id);
    await setAfterwards(cloud, region, form, instanceIds, fixes);
    cloud.hosts.started(region, instanceIds);
    return { response, instanceIds };
}

/** An instance without a subnet goes to a default one; its network interface goes when it goes. */
async function completeNetwork(cloud: Cloud, region: string, form: URLSearchParams): Promise<void> {
    const interfaces = readForm(form, "NetworkInterface");
    if (interfaces === undefined) {
        const subnetId =
            form.get("SubnetId") ??
            (await defaultSubnet(
                cloud,
                region,
                form.get("Placement.AvailabilityZone"),
                form.get("InstanceType") ?? "m1.small",
            ));
        form.delete("SubnetId");
        writeForm(form, "NetworkInterface.1", {
            DeviceIndex: 0,
            SubnetId: subnetId,
            DeleteOnTermination: true,
        });
        return;
    }
    const count = [...form.keys()].filter((key) => /^NetworkInterface\.\d+\.DeviceIndex$/.test(key)).length;
    for (let index = 1; index <= count; index += 1) {
        const isNew = form.get(`NetworkInterface.${index}.NetworkInterfaceId`) === null;
        if (isNew && form.get(`NetworkInterface.${index}.DeleteOnTermination`) === null) {
            form.set(`NetworkInterface.${index}.DeleteOnTermination`, "true");
        }
    }
}

/** The one in the zone; without a zone EC2 chooses one that has the type. */
async function defaultSubnet(
    cloud: Cloud,
    region: string,
    zone: string | null,
    type: string,
): Promise<string> {
    const ec2 = cloud.moto.ec2(region);
    const { Subnets: subnets = [] } = await ec2.describeSubnets({
        Filters: [
            { Name: "default-for-az", Values: ["true"] },
            ...(zone === null ? [] : [{ Name: "availability-zone", Values: [zone] }]),
        ],
    });
    const zones = await zonesOffering(ec2, region, type);
    const fitting = subnets.find(({ AvailabilityZone = "" }) => zones.includes(AvailabilityZone));
    const subnetId = (fitting ?? subnets[0])?.SubnetId;
    if (subnetId === undefined) {
        throw new AwsError("MissingInput", "No subnets found for the default VPC. Please specify a subnet.");
    }
    return subnetId;
}

/** moto answers for a profile that does not exist in IAM's words; EC2 has its own. */
export async function checkProfile(
    { moto, settling }: Cloud,
    region: string,
    form: URLSearchParams,
): Promise<void> {
    const name = form.get("IamInstanceProfile.Name");
    const arn = form.get("IamInstanceProfile.Arn");
    if (name === null && arn === null) {
        return;
    }
    const nameOrArn = name ?? arn ?? "";
    const isThere = (await moto.lookUps(region).profiles.get(nameOrArn)) === true;
    if (!isThere || settling.hidesProfile(nameOrArn)) {
        throw new AwsError(
            "InvalidParameterValue",
            `Value (${nameOrArn}) for parameter iamInstanceProfile.${name === null ? "arn" : "name"} is invalid. ` +
                `Invalid IAM Instance Profile ${name === null ? "ARN" : "name"}`,
        );
    }
}

async function setAfterwards(
    cloud: Cloud,
    region: string,
    form: URLSearchParams,
    instanceIds: readonly string[],
    fixes: readonly VolumeFix[],
): Promise<void> {
    const ec2 = cloud.moto.ec2(region);
    const arn = form.get("IamInstanceProfile.Arn");
    const name = form.get("IamInstanceProfile.Name");
    if (arn !== null || name !== null) {
        // moto gives the profile to the first instance only.
        for (const instanceId of instanceIds.slice(1)) {
            const profile = arn === null ? { Name: name ?? "" } : { Arn: arn };
            await ec2.associateIamInstanceProfile({ InstanceId: instanceId, IamInstanceProfile: profile });
        }
    }
    const tags = interfaceTags(form);
    if (fixes.length === 0 && tags.length === 0) {
        return;
    }
    const { instances } = cloud.moto.lookUps(region);
    for (const id of instanceIds) {
        const instance: Instance = (await instances.get(id)) ?? {};
        await fixVolumes(cloud, region, instance, fixes);
        const interfaces = (instance.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId: id }) =>
            id === undefined ? [] : [id],
        );
        if (tags.length > 0) {
            await ec2.createTags({ Resources: interfaces, Tags: tags });
        }
    }
}

async function fixVolumes(
    cloud: Cloud,
    region: string,
    instance: Instance,
    fixes: readonly VolumeFix[],
): Promise<void> {
    for (const { deviceName, volumeType, iops, throughput } of fixes) {
        const volumeId = instance.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === deviceName)
            ?.Ebs?.VolumeId;
        await cloud.moto.ec2(region).modifyVolume({
            VolumeId: volumeId,
            VolumeType: volumeType as VolumeType | undefined,
            Iops: iops,
            Throughput: throughput,
        });
    }
}

function interfaceTags(form: URLSearchParams): { Key: string; Value: string }[] {
    const specifications = (readForm(form, "TagSpecification") ?? []) as unknown as readonly {
        ResourceType?: string;
        Tag?: readonly { Key: string; Value?: string }[];
    }[];
    return specifications
        .filter(({ ResourceType }) => ResourceType === "network-interface")
        .flatMap(({ Tag = [] }) => Tag.map(({ Key, Value = "" }) => ({ Key, Value })));
}

import type { ResponseLaunchTemplateData } from "@aws-sdk/client-ec2";
import type { Cloud } from "../cloud";
import { readForm, writeForm } from "../front/form";
import type { FormValue } from "../front/form";

/** RunInstances names, and where a launch template has the same thing. The request's own value wins. */
const plainFields: readonly (readonly [string, (data: ResponseLaunchTemplateData) => unknown])[] = [
    ["ImageId", (data) => data.ImageId],
    ["InstanceType", (data) => data.InstanceType],
    ["KeyName", (data) => data.KeyName],
    ["UserData", (data) => data.UserData],
    ["EbsOptimized", (data) => data.EbsOptimized],
    ["Monitoring", (data) => data.Monitoring],
    ["Placement", (data) => data.Placement],
    ["InstanceInitiatedShutdownBehavior", (data) => data.InstanceInitiatedShutdownBehavior],
    ["SecurityGroupId", (data) => data.SecurityGroupIds],
    ["SecurityGroup", (data) => data.SecurityGroups],
];

/**
 * Writes what a launch template says into the form of a RunInstances request: moto by itself forgets the
 * instance profile, the metadata options, the volumes' tags and the version.
 */
export async function applyLaunchTemplate(
    cloud: Cloud,
    region: string,
    form: URLSearchParams,
): Promise<void> {
    const id = form.get("LaunchTemplate.LaunchTemplateId");
    const name = form.get("LaunchTemplate.LaunchTemplateName");
    if (id === null && name === null) {
        return;
    }
    const { LaunchTemplateVersions: versions } = await cloud.moto.ec2(region).describeLaunchTemplateVersions({
        ...(id === null ? { LaunchTemplateName: name ?? "" } : { LaunchTemplateId: id }),
        Versions: [form.get("LaunchTemplate.Version") ?? "$Default"],
    });
    const data = versions?.[0]?.LaunchTemplateData ?? {};
    for (const [field, read] of plainFields) {
        fill(form, field, read(data));
    }
    for (const [option, value] of Object.entries(data.MetadataOptions ?? {})) {
        if (option !== "State") {
            fill(form, `MetadataOptions.${option}`, value);
        }
    }
    const { Arn: profileArn, Name: profileName } = data.IamInstanceProfile ?? {};
    if (readForm(form, "IamInstanceProfile") === undefined) {
        fill(
            form,
            profileArn === undefined ? "IamInstanceProfile.Name" : "IamInstanceProfile.Arn",
            profileArn ?? profileName,
        );
    }
    fillNetworkInterfaces(form, data);
    fillBlockDevices(form, data);
    addTags(form, data);
}

function fill(form: URLSearchParams, field: string, value: unknown): void {
    if (value !== undefined && readForm(form, field) === undefined) {
        writeForm(form, field, value as FormValue);
    }
}

/** A subnet given with the request belongs to the template's first network interface. */
function fillNetworkInterfaces(form: URLSearchParams, data: ResponseLaunchTemplateData): void {
    if (data.NetworkInterfaces === undefined || data.NetworkInterfaces.length === 0) {
        return;
    }
    if (readForm(form, "NetworkInterface") !== undefined) {
        return;
    }
    const subnetId = form.get("SubnetId") ?? undefined;
    form.delete("SubnetId");
    data.NetworkInterfaces.forEach((networkInterface, index) => {
        const { Groups: groups, DeviceIndex: deviceIndex = index, ...rest } = networkInterface;
        const prefix = `NetworkInterface.${index + 1}`;
        writeForm(form, prefix, { ...(rest as Record<string, FormValue>), DeviceIndex: deviceIndex });
        writeForm(form, `${prefix}.SecurityGroupId`, groups);
        if (deviceIndex === 0 && subnetId !== undefined) {
            form.set(`${prefix}.SubnetId`, subnetId);
        }
    });
}

function fillBlockDevices(form: URLSearchParams, data: ResponseLaunchTemplateData): void {
    const requested = new Set(
        [...form].flatMap(([key, value]) =>
            /^BlockDeviceMapping\.\d+\.DeviceName$/.test(key) ? [value] : [],
        ),
    );
    let index = requested.size;
    for (const mapping of data.BlockDeviceMappings ?? []) {
        if (!requested.has(mapping.DeviceName ?? "")) {
            index += 1;
            writeForm(form, `BlockDeviceMapping.${index}`, mapping as FormValue);
        }
    }
}

/** moto takes the template's instance tags itself; those of volumes and network interfaces it forgets. */
function addTags(form: URLSearchParams, data: ResponseLaunchTemplateData): void {
    const existing = [...form.keys()].filter((key) =>
        /^TagSpecification\.\d+\.ResourceType$/.test(key),
    ).length;
    (data.TagSpecifications ?? [])
        .filter(({ ResourceType }) => ResourceType !== "instance")
        .forEach(({ ResourceType, Tags }, index) => {
            const prefix = `TagSpecification.${existing + index + 1}`;
            writeForm(form, `${prefix}.ResourceType`, ResourceType);
            writeForm(form, `${prefix}.Tag`, Tags as FormValue);
        });
}

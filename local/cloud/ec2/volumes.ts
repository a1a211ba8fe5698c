import type { Instance, Volume } from "@aws-sdk/client-ec2";
import type { Cloud, Handler } from "../cloud";
import { AwsError } from "../front/awsError";
import { formOf } from "../front/call";

/**
 * AttachVolume with EC2's refusals: a volume that is in use, another zone, a taken device name, an instance
 * that is neither running nor stopped.
 */
export const attachVolume: Handler = (call, cloud) => {
    const form = formOf(call);
    const volumeId = form.get("VolumeId") ?? "";
    return cloud.locks.run(`volume ${volumeId}`, async () => {
        const [volume, instance] = await Promise.all([
            findVolume(cloud, call.region, volumeId),
            findInstance(cloud, call.region, form.get("InstanceId") ?? ""),
        ]);
        // What does not exist is moto's to say.
        if (volume !== undefined && instance !== undefined) {
            checkAttachment(volume, instance, form.get("Device") ?? "");
        }
        return cloud.forward(call);
    });
};

function checkAttachment(volume: Volume, instance: Instance, device: string): void {
    const volumeId = volume.VolumeId ?? "";
    const instanceId = instance.InstanceId ?? "";
    const state = instance.State?.Name;
    if (state !== "running" && state !== "stopped" && state !== "pending") {
        throw new AwsError("IncorrectState", `Instance '${instanceId}' is not 'running'.`);
    }
    if (volume.AvailabilityZone !== instance.Placement?.AvailabilityZone) {
        throw new AwsError(
            "InvalidVolume.ZoneMismatch",
            `The volume '${volumeId}' is not in the same availability zone as instance '${instanceId}'`,
        );
    }
    if ((volume.Attachments ?? []).length > 0) {
        throw new AwsError("VolumeInUse", `${volumeId} is already attached to an instance`);
    }
    if (instance.BlockDeviceMappings?.some(({ DeviceName }) => DeviceName === device) === true) {
        throw new AwsError(
            "InvalidParameterValue",
            `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
        );
    }
}

async function findVolume(cloud: Cloud, region: string, volumeId: string): Promise<Volume | undefined> {
    const { Volumes: volumes } = await cloud.moto
        .ec2(region)
        .describeVolumes({ Filters: [{ Name: "volume-id", Values: [volumeId] }] });
    return volumes?.[0];
}

async function findInstance(cloud: Cloud, region: string, instanceId: string): Promise<Instance | undefined> {
    const { Reservations: reservations } = await cloud.moto
        .ec2(region)
        .describeInstances({ Filters: [{ Name: "instance-id", Values: [instanceId] }] });
    return reservations?.[0]?.Instances?.[0];
}

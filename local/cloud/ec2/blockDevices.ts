import { readForm, removeFromForm, writeForm } from "../front/form";
import type { FormValue } from "../front/form";

/** Size of the root volume of SUSE's ECS images. Source: SUSE's image recipes (10240 MiB). */
export const rootVolumeGiB = 10;

/** What moto cannot set when it launches, to be set on the volume afterwards. */
export interface VolumeFix {
    readonly deviceName: string;
    readonly volumeType?: string;
    readonly iops?: number;
    readonly throughput?: number;
}

interface Mapping {
    readonly DeviceName: string;
    readonly NoDevice?: string;
    readonly VirtualName?: string;
    readonly Ebs?: Record<string, string>;
}

/**
 * Completes the block device mappings of a RunInstances form as EC2 does: the image's root device is always
 * there, and volumes go with their instance unless told otherwise.
 */
export function completeBlockDevices(form: URLSearchParams, rootDeviceName: string): VolumeFix[] {
    const requested = (readForm(form, "BlockDeviceMapping") ?? []) as unknown as readonly Mapping[];
    const root = requested.find(({ DeviceName }) => DeviceName === rootDeviceName);
    const mappings: Mapping[] = [
        { DeviceName: rootDeviceName, Ebs: { VolumeSize: String(rootVolumeGiB), ...root?.Ebs } },
        ...requested.filter(({ DeviceName }) => DeviceName !== rootDeviceName),
    ];
    removeFromForm(form, "BlockDeviceMapping");
    const fixes: VolumeFix[] = [];
    mappings.forEach((mapping, index) => {
        const { Ebs: ebs } = mapping;
        const prefix = `BlockDeviceMapping.${index + 1}`;
        if (ebs === undefined) {
            writeForm(form, prefix, mapping as unknown as FormValue);
            return;
        }
        const { Iops: iops, Throughput: throughput, VolumeType: volumeType = "gp3", ...rest } = ebs;
        // moto refuses to launch with io1 and io2: it drops their Iops first, then misses it.
        const provisioned = volumeType === "io1" || volumeType === "io2";
        writeForm(form, prefix, {
            DeviceName: mapping.DeviceName,
            Ebs: { DeleteOnTermination: "true", ...rest, VolumeType: provisioned ? "gp3" : volumeType },
        });
        if (provisioned || iops !== undefined || throughput !== undefined) {
            fixes.push({
                deviceName: mapping.DeviceName,
                volumeType: provisioned ? volumeType : undefined,
                iops: iops === undefined ? undefined : Number(iops),
                throughput: throughput === undefined ? undefined : Number(throughput),
            });
        }
    });
    return fixes;
}

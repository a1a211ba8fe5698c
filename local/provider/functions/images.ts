import type { Image } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import type { Call } from "../aws/call";
import { fromTagList } from "../aws/ec2Tags";
import { defineFunction } from "../functionType";
import { flag, list, region, tags, text } from "../schema/property";
import type { Observed } from "../schema/resourceType";
import { filters, toFilters } from "./filters";

const search = {
    executableUsers: list(text()),
    filters: filters(),
    includeDeprecated: flag(),
    nameRegex: text(),
    owners: list(text()),
    region: region(),
};

interface Search {
    readonly executableUsers?: readonly string[] | undefined;
    readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[] | undefined;
    readonly includeDeprecated?: boolean | undefined;
    readonly nameRegex?: string | undefined;
    readonly owners?: readonly string[] | undefined;
}

/** Images that match, newest first. */
async function findImages(
    call: Call,
    wanted: Search,
    withTags: Readonly<Record<string, string>> = {},
): Promise<Image[]> {
    const ec2 = await call.aws.ec2();
    const answer = await ec2.describeImages({
        ExecutableUsers: wanted.executableUsers === undefined ? undefined : [...wanted.executableUsers],
        Filters: toFilters(wanted.filters, {}, withTags),
        IncludeDeprecated: wanted.includeDeprecated,
        Owners: wanted.owners === undefined ? undefined : [...wanted.owners],
    });
    const named = new RegExp(wanted.nameRegex ?? "");
    return (answer.Images ?? [])
        .filter((image) => named.test(image.Name ?? ""))
        .sort((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""));
}

function rootSnapshot(image: Image): string {
    const root = image.BlockDeviceMappings?.find((device) => device.DeviceName === image.RootDeviceName);
    return root?.Ebs?.SnapshotId ?? "";
}

function toResult(call: Call, image: Image): Observed {
    return {
        architecture: image.Architecture ?? "",
        arn: ec2Arn(call.region, "", `image/${image.ImageId ?? ""}`),
        blockDeviceMappings: (image.BlockDeviceMappings ?? []).map((device) => ({
            deviceName: device.DeviceName ?? "",
            ebs: ebsOf(device.Ebs),
            noDevice: device.NoDevice ?? "",
            virtualName: device.VirtualName ?? "",
        })),
        bootMode: image.BootMode ?? "",
        creationDate: image.CreationDate ?? "",
        deprecationTime: image.DeprecationTime ?? "",
        description: image.Description ?? "",
        enaSupport: image.EnaSupport === true,
        hypervisor: image.Hypervisor ?? "",
        id: image.ImageId,
        imageId: image.ImageId,
        imageLocation: image.ImageLocation ?? "",
        imageOwnerAlias: image.ImageOwnerAlias ?? "",
        imageType: image.ImageType ?? "",
        imdsSupport: image.ImdsSupport ?? "",
        kernelId: image.KernelId ?? "",
        lastLaunchedTime: image.LastLaunchedTime ?? "",
        name: image.Name ?? "",
        ownerId: image.OwnerId ?? "",
        platform: image.Platform ?? "",
        platformDetails: image.PlatformDetails ?? "",
        productCodes: (image.ProductCodes ?? []).map((code) => ({
            productCodeId: code.ProductCodeId ?? "",
            productCodeType: code.ProductCodeType ?? "",
        })),
        public: image.Public === true,
        ramdiskId: image.RamdiskId ?? "",
        rootDeviceName: image.RootDeviceName ?? "",
        rootDeviceType: image.RootDeviceType ?? "",
        rootSnapshotId: rootSnapshot(image),
        sriovNetSupport: image.SriovNetSupport ?? "",
        state: image.State ?? "",
        stateReason: {
            code: image.StateReason?.Code ?? "UNSET",
            message: image.StateReason?.Message ?? "UNSET",
        },
        tags: fromTagList(image.Tags),
        tpmSupport: image.TpmSupport ?? "",
        usageOperation: image.UsageOperation ?? "",
        virtualizationType: image.VirtualizationType ?? "",
    };
}

type Ebs = NonNullable<Image["BlockDeviceMappings"]>[number]["Ebs"];

/** The package gives these as text by name. */
function ebsOf(ebs: Ebs): Readonly<Record<string, string>> {
    return {
        delete_on_termination: String(ebs?.DeleteOnTermination === true),
        encrypted: String(ebs?.Encrypted === true),
        iops: String(ebs?.Iops ?? 0),
        snapshot_id: ebs?.SnapshotId ?? "",
        throughput: String(ebs?.Throughput ?? 0),
        volume_size: String(ebs?.VolumeSize ?? 0),
        volume_type: ebs?.VolumeType ?? "",
    };
}

/** `aws.ec2.getAmi` */
export const getAmi = defineFunction({
    token: "aws:ec2/getAmi:getAmi",
    inputs: { ...search, allowUnsafeFilter: flag(), mostRecent: flag(), tags: tags() },
    async run(call, inputs) {
        const images = await findImages(call, inputs, inputs.tags);
        const [newest] = images;
        if (newest === undefined) {
            throw new Error("your query returned no results: change your search criteria and try again");
        }
        if (images.length > 1 && inputs.mostRecent !== true) {
            throw new Error(
                `your query returned ${images.length} results: try a more specific search, or set mostRecent to true`,
            );
        }
        return toResult(call, newest);
    },
});

/** `aws.ec2.getAmiIds` */
export const getAmiIds = defineFunction({
    token: "aws:ec2/getAmiIds:getAmiIds",
    inputs: { ...search, sortAscending: flag() },
    async run(call, inputs) {
        const ids = (await findImages(call, inputs)).map((image) => image.ImageId ?? "");
        return { id: ids.join(","), ids: inputs.sortAscending === true ? ids.reverse() : ids };
    },
});

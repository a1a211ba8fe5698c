import { chooseHostImage, type HostImage } from "../../components/model/images/chooseHostImage";
import type { ResolvedSettings } from "../../components/model/settings";
import type { MachineImage } from "../ports/awsNetwork";
import type { Aws } from "../ports/awsServices";
import { refusal, type Findings } from "./preflightFinding";

/** How many names of images that will not do are listed. */
const listedRejections = 3;

/** The filter must match a SLES ECS image of the generation, and the root volume must hold it. */
export async function checkHostImage(
    aws: { readonly ec2: Pick<Aws["ec2"], "images"> },
    settings: Pick<ResolvedSettings, "hostImage" | "hosts">,
): Promise<Findings> {
    const { filter, generation } = settings.hostImage;
    const images = await aws.ec2.images(filter);
    const { image, rejected } = chooseHostImage(images, generation);
    if (image !== undefined) {
        return checkRootVolume(settings.hosts.rootVolumeGiB, image, images);
    }
    const message =
        images.length === 0
            ? `no image of the region is named like ${filter}`
            : `none of the ${images.length} images named like ${filter} will do: ${listed(rejected)}`;
    return [refusal("IMAGE_NOT_FOUND", "hostImage.filter", message)];
}

/** EC2 refuses a root volume that is smaller than the image's snapshot. */
function checkRootVolume(rootVolumeGiB: number, image: HostImage, images: readonly MachineImage[]): Findings {
    const needed = images.find((candidate) => candidate.id === image.id)?.rootVolumeGiB ?? 0;
    if (rootVolumeGiB >= needed) {
        return [];
    }
    const message = `got ${rootVolumeGiB}, expected at least ${needed}, the size of ${image.name}`;
    return [
        refusal(
            "SETTINGS_INVALID",
            "hosts.rootVolumeGiB",
            message,
            `set hosts.rootVolumeGiB to ${needed} or more`,
        ),
    ];
}

function listed(rejected: readonly string[]): string {
    const more = rejected.length - listedRejections;
    return [...rejected.slice(0, listedRejections), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

import { chooseHostImage } from "../../components/model/images/chooseHostImage";
import { everyHostImage } from "../../components/model/images/imageFilter";
import type { HostImage } from "../../components/model/images/imageOrder";
import { explainNoHostImage } from "../../components/model/images/noHostImage";
import type { ResolvedSettings } from "../../components/model/settings";
import type { MachineImage } from "../ports/awsNetwork";
import type { Aws } from "../ports/awsServices";
import { refusal, type Findings } from "./preflightFinding";

/** The filter must match a SLES ECS image of the generation, and the root volume must hold it. */
export async function checkHostImage(
    aws: { readonly ec2: Pick<Aws["ec2"], "images"> },
    settings: Pick<ResolvedSettings, "hostImage" | "hosts">,
    region: string,
): Promise<Findings> {
    const { filter, generation } = settings.hostImage;
    const images = await aws.ec2.images(filter);
    const { fitting, rejected } = chooseHostImage(images, { generation });
    const [image] = fitting;
    if (image !== undefined) {
        return checkRootVolume(settings.hosts.rootVolumeGiB, image, images);
    }
    const offer = await aws.ec2.images(everyHostImage);
    const { message, hint } = explainNoHostImage({ filter, generation, region, rejected, offer });
    return [refusal("IMAGE_NOT_FOUND", "hostImage.filter", message, hint)];
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

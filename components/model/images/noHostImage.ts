import type { ImageChoice } from "./chooseHostImage";
import type { SlesGeneration } from "./generation";
import { slesVersion } from "./hostImageName";
import { showImageDate } from "./imageDate";
import { filterFor } from "./imageFilter";
import { bestOfEachVersion, type HostImage, type ImageCandidate } from "./imageOrder";

/** How many images that will not do are listed. */
const listedRejections = 3;

export interface FailedChoice {
    readonly filter: string;
    readonly generation: SlesGeneration;
    readonly region: string;
    readonly rejected: ImageChoice["rejected"];
    /** Every host image of SUSE's in the region. */
    readonly offer: readonly ImageCandidate[];
}

export interface NoHostImage {
    /** What was looked for, the nearest candidates with their reasons, and what there is. */
    readonly message: string;
    /** What to set instead. */
    readonly hint: string;
}

/** For people: that there is no host image, why, and what there is in its place. */
export function explainNoHostImage({
    filter,
    generation,
    region,
    rejected,
    offer,
}: FailedChoice): NoHostImage {
    const versions = bestOfEachVersion(offer);
    const distance = (image: HostImage) => Math.abs(image.generation - generation);
    const [instead] = [...versions].sort((a, b) => distance(a) - distance(b));
    const what =
        rejected.length === 0
            ? `no image in ${region} is named like ${filter}`
            : `no image in ${region} that is named like ${filter} will do: ${nearest(rejected)}`;
    const none = instead !== undefined && instead.generation !== generation;
    return {
        message: [
            what,
            ...(none ? [`there is no ECS image of SLES ${generation} at all`] : []),
            versions.length === 0
                ? "there are no ECS images of SUSE's"
                : `there are ${versions.map((image) => `${slesVersion(image)} (${showImageDate(image.date)})`).join(", ")}`,
        ].join("; "),
        hint:
            instead === undefined
                ? "choose another region: export AWS_REGION=<region>"
                : `set hostImage.filter to ${filterFor(instead.name)}`,
    };
}

function nearest(rejected: FailedChoice["rejected"]): string {
    const more = rejected.length - listedRejections;
    return [
        ...rejected.slice(0, listedRejections).map(({ name, id, reason }) => `${name} (${id}): ${reason}`),
        ...(more > 0 ? [`and ${more} more`] : []),
    ].join("; ");
}

import type { NextStep } from "../nextStep";
import type { ImageChoice } from "./chooseHostImage";
import { type SlesGeneration, slesVersion } from "./hostImageName";
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
    /** A person has named an image, to whom another filter is nothing. @default false */
    readonly isNamed?: boolean;
}

export interface NoHostImage {
    /** What was looked for. */
    readonly message: string;
    /** The nearest candidates with their reasons, what there is, and a filter that would do; one line each. */
    readonly details: readonly string[];
    /** It shows what there is. */
    readonly nextStep: NextStep;
}

/** For people: that there is no host image, why, and what there is in its place. */
export function explainNoHostImage(choice: FailedChoice): NoHostImage {
    const { filter, region, rejected } = choice;
    const named = `named like ${filter}`;
    return {
        message:
            rejected.length === 0
                ? `no image in ${region} is ${named}`
                : `no image in ${region} that is ${named} will do for new hosts`,
        details: [...nearest(rejected), ...whatThereIs(choice)],
        nextStep: { do: "listHostImages", region },
    };
}

function nearest(rejected: FailedChoice["rejected"]): readonly string[] {
    const more = rejected.length - listedRejections;
    return [
        ...rejected.slice(0, listedRejections).map(({ name, id, reason }) => `${name} (${id}): ${reason}`),
        ...(more > 0 ? [`and ${more} more`] : []),
    ];
}

function whatThereIs({ generation, offer, rejected, isNamed = false }: FailedChoice): readonly string[] {
    const isWanted = ({ id }: ImageCandidate) => !rejected.some((one) => one.id === id);
    const versions = bestOfEachVersion(offer.filter(isWanted));
    const distance = (image: HostImage) => Math.abs(image.generation - generation);
    const [instead] = [...versions].sort((a, b) => distance(a) - distance(b));
    if (instead === undefined) {
        return [
            offer.length === 0
                ? "there are no ECS images of SUSE's in this region"
                : "there are no others of SUSE's ECS images in this region",
        ];
    }
    return [
        ...(bestOfEachVersion(offer).some((image) => image.generation === generation)
            ? []
            : [`there is no ECS image of SLES ${generation} at all`]),
        `there are ${versions.map((image) => `${slesVersion(image)} (${showImageDate(image.date)})`).join(", ")}`,
        ...(isNamed ? [] : [`the nearest of them: hostImage.filter ${filterFor(instead.name)}`]),
    ];
}

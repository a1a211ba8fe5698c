import { type HostImageName, readHostImageName, type SlesGeneration } from "./hostImageName";
import { parseImageName } from "./imageName";

export interface ImageCandidate {
    readonly id: string;
    readonly name: string;
    /** ISO 8601; EC2 hides the image from lists from then on, and starts it all the same. */
    readonly deprecatedAt?: string;
}

export interface HostImage extends HostImageName {
    readonly id: string;
}

/**
 * The order in which host images are preferred: the highest version, then the latest date in the name. The day AWS
 * made the image says nothing, as SUSE copies images to new regions later. By date alone, two service packs that SUSE
 * refreshes in turns would take turns here too.
 */
export function bestFirst(a: HostImage, b: HostImage): number {
    return (
        compareVersions(b, a) ||
        b.date.localeCompare(a.date) ||
        // Two images of one name: any will do, as long as it is the same one each time.
        a.id.localeCompare(b.id)
    );
}

/** The image would be chosen before the other one, and not only because of its id. */
export function isNewer(image: HostImageName, than: HostImageName): boolean {
    return (compareVersions(image, than) || image.date.localeCompare(than.date)) > 0;
}

/** The best image of each version of SLES among the candidates, the highest version first: what there is to choose. */
export function bestOfEachVersion(candidates: readonly ImageCandidate[]): readonly HostImage[] {
    const images = candidates.flatMap(({ id, name }) => {
        const image = readHostImageName(name);
        return "reason" in image ? [] : [{ ...image, id }];
    });
    return images
        .sort(bestFirst)
        .filter((image, index, all) => index === 0 || compareVersions(image, all[index - 1] ?? image) !== 0);
}

/** The order in which images that will not do are told: the nearest to what was wanted first, then the latest. */
export function nearestFirst<T extends ImageCandidate>(
    images: readonly T[],
    generation: SlesGeneration,
): readonly T[] {
    const keyed = images.map((image) => {
        const name = parseImageName(image.name);
        return "reason" in name
            ? { image, points: 0, date: "" }
            : {
                  image,
                  points:
                      (name.product === "suse-sles" ? 4 : 0) +
                      (name.ecs ? 2 : 0) +
                      (name.majorVersion === generation ? 1 : 0),
                  date: name.date,
              };
    });
    return keyed
        .sort((a, b) => b.points - a.points || b.date.localeCompare(a.date))
        .map(({ image }) => image);
}

function compareVersions(a: HostImageName, b: HostImageName): number {
    return a.generation - b.generation || a.servicePack - b.servicePack;
}

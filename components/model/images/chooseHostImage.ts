import type { SlesGeneration } from "./generation";
import { parseHostImageName, type HostImageName } from "./hostImageName";

export interface ImageCandidate {
    readonly id: string;
    readonly name: string;
}

export interface HostImage extends HostImageName {
    readonly id: string;
}

export interface ChosenHostImage {
    /** Missing when no candidate will do. */
    readonly image?: HostImage;
    /** One line for each candidate that is not a SLES ECS image of the generation, with the reason. */
    readonly rejected: readonly string[];
}

/**
 * Picks the host image among those that a filter matched: the latest date in the name, then the highest service
 * pack. The day AWS made the image says nothing, as SUSE copies images to new regions later.
 */
export function chooseHostImage(
    candidates: readonly ImageCandidate[],
    generation: SlesGeneration,
): ChosenHostImage {
    const rejected: string[] = [];
    const fitting = candidates.flatMap(({ id, name }) => {
        const parsed = parseHostImageName(name);
        if (parsed === undefined) {
            rejected.push(`${name} (${id}) is not a SLES ECS image by its name`);
            return [];
        }
        if (parsed.generation !== generation) {
            rejected.push(`${name} (${id}) is SLES ${parsed.generation}, expected SLES ${generation}`);
            return [];
        }
        return [{ ...parsed, id }];
    });
    const [image] = fitting.sort(
        (a, b) =>
            b.date.localeCompare(a.date) ||
            b.servicePack - a.servicePack ||
            // Two images of one name: any will do, as long as it is the same one each time.
            a.id.localeCompare(b.id),
    );
    return { ...(image === undefined ? {} : { image }), rejected };
}

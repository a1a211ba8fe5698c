import type { SlesGeneration } from "./generation";
import { readHostImageName, type HostImageName } from "./hostImageName";
import { bestFirst, nearestFirst, type HostImage, type ImageCandidate } from "./imageOrder";
import { adviceAgainst, recordOf, remarksOn } from "./pintAdvice";
import type { PintRecord } from "./pintRecord";

export interface ImageWish {
    readonly generation: SlesGeneration;
    /** A person named the very image: SUSE's advice against it is a remark then, and rejects nothing. */
    readonly exact?: boolean;
    /** What pint says of the region's images; missing where it was not asked. */
    readonly pint?: readonly PintRecord[];
}

export interface RejectedImage extends ImageCandidate {
    /** Half a sentence. */
    readonly reason: string;
}

export interface ImageChoice {
    /** Everything that will do, the best first. */
    readonly fitting: readonly HostImage[];
    /** Everything else, the nearest to the wish first. */
    readonly rejected: readonly RejectedImage[];
    /** Where EC2 and pint disagree about the best one, or SUSE has a warning for it. */
    readonly remarks: readonly string[];
}

/**
 * Sorts EC2's candidates into host images of a generation and others. EC2 says what can be launched, pint what
 * should be: an image that SUSE has replaced or deleted is not chosen for new hosts.
 */
export function chooseHostImage(candidates: readonly ImageCandidate[], wish: ImageWish): ImageChoice {
    const fitting: HostImage[] = [];
    const rejected: RejectedImage[] = [];
    for (const { id, name } of candidates) {
        const image = readHostImageName(name);
        if ("reason" in image) {
            rejected.push({ id, name, reason: image.reason });
            continue;
        }
        const reason = whyUnwanted(image, id, wish);
        if (reason === undefined) {
            fitting.push({ ...image, id });
        } else {
            rejected.push({ id, name, reason });
        }
    }
    fitting.sort(bestFirst);
    const [best] = fitting;
    return {
        fitting,
        rejected: nearestFirst(rejected, wish.generation),
        remarks: best === undefined || wish.pint === undefined ? [] : remarksOn(best, candidates, wish.pint),
    };
}

function whyUnwanted(
    { generation }: HostImageName,
    id: string,
    { generation: wanted, exact = false, pint = [] }: ImageWish,
): string | undefined {
    if (generation !== wanted) {
        return `SLES ${generation}, expected SLES ${wanted}`;
    }
    const record = recordOf(id, pint);
    return record === undefined || exact ? undefined : adviceAgainst(record);
}

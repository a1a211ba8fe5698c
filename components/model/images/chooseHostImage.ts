import { type HostImageName, readHostImageName, type SlesGeneration } from "./hostImageName";
import { dateOfTimestamp, showImageDate } from "./imageDate";
import { isExact } from "./imageFilter";
import { bestFirst, nearestFirst, type HostImage, type ImageCandidate } from "./imageOrder";
import { adviceWithReplacement, recordOf, remarksOn } from "./pintAdvice";
import type { PintRecord } from "./pintRecord";

interface ImageWish {
    readonly generation: SlesGeneration;
    /**
     * What EC2 was asked for; missing where that does not matter. Of what it does not match nothing is said, and where it
     * names the very image, SUSE's advice against that is a remark and rejects nothing.
     */
    readonly filter?: string;
    /** `YYYYMMDD`; rejects what EC2 hides on that day. Missing where that does not matter, as for hosts that stand. */
    readonly today?: string;
    /** What pint says of the region's images; missing where it was not asked. */
    readonly pint?: readonly PintRecord[];
}

interface RejectedImage extends ImageCandidate {
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
    for (const candidate of candidates) {
        const { id, name } = candidate;
        const image = readHostImageName(name);
        if ("reason" in image) {
            rejected.push({ id, name, reason: image.reason });
            continue;
        }
        const reason = whyUnwanted(image, candidate, wish);
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
        remarks:
            best === undefined || wish.pint === undefined ? [] : remarksOn(best, candidates, wish.pint, wish),
    };
}

function whyUnwanted(
    { generation }: HostImageName,
    { id, deprecatedAt = "" }: ImageCandidate,
    { generation: wanted, filter, today, pint = [] }: ImageWish,
): string | undefined {
    if (generation !== wanted) {
        return `SLES ${generation}, expected SLES ${wanted}`;
    }
    if (filter !== undefined && isExact(filter)) {
        return undefined;
    }
    const record = recordOf(id, pint);
    const hiddenOn = dateOfTimestamp(deprecatedAt);
    return (
        (record === undefined ? undefined : adviceWithReplacement(record)) ??
        (hiddenOn !== undefined && today !== undefined && hiddenOn <= today
            ? `deprecated by EC2 on ${showImageDate(hiddenOn)}`
            : undefined)
    );
}

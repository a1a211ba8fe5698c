import type { HostImage, ImageCandidate } from "./imageOrder";
import type { PintRecord } from "./pintRecord";

/** The host image that an environment stays on until it is told otherwise. */
export interface ImageLock {
    readonly id: string;
    readonly name: string;
    /** `YYYYMMDD`, as in the name. */
    readonly date: string;
    /** An image has another id in each region. */
    readonly region: string;
}

/** How people are told of it. */
export function hostImageText({ name, id }: Pick<ImageLock, "name" | "id">): string {
    return `the host image ${name} (${id})`;
}

export function lockOn({ id, name, date }: HostImage, region: string): ImageLock {
    return { id, name, date, region };
}

/** What EC2 has under the id of a lock. */
export interface LockedImage {
    readonly name: string;
    /** `amazon` for SUSE's images. */
    readonly ownerAlias?: string;
    /** ISO 8601; EC2 hides the image from lists from then on. */
    readonly deprecatedAt?: string;
}

export interface LockFacts {
    /** Where AWS was asked. */
    readonly region: string;
    /** Undefined where EC2 has no image of that id. */
    readonly image: LockedImage | undefined;
    /** SUSE's images of the lock's name in EC2; of use where there is none of its id. */
    readonly namesakes?: readonly Pick<ImageCandidate, "id" | "name">[];
    /** What pint says of the region's images; missing where it was not asked. */
    readonly pint?: readonly PintRecord[];
    /** `YYYYMMDD` */
    readonly today: string;
    /** An image that is deleted within so many days counts as `deletedSoon`. */
    readonly noticeDays: number;
}

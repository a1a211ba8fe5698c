/**
 * SUSE's life cycle of an image (documentation.suse.com/sle-public-cloud, "Image life cycle"): `active` is refreshed,
 * `inactive` gets critical fixes only, `deprecated` has been replaced and is not for new hosts, `deleted` is gone.
 */
export const imageStates = ["active", "inactive", "deprecated", "deleted"] as const;
export type ImageState = (typeof imageStates)[number];

/**
 * What pint, SUSE's register of its public cloud images, says of one image in one region. What pint leaves empty is
 * missing here; older records say `None` for it.
 */
export interface PintRecord {
    readonly name: string;
    readonly id: string;
    readonly region: string;
    readonly state: ImageState;
    /** All dates are `YYYYMMDD`, as pint has them. */
    readonly publishedOn: string;
    readonly deprecatedOn?: string;
    readonly deletedOn?: string;
    readonly replacementName?: string;
    readonly replacementId?: string;
    /** URL of the page that says what changed in the image. */
    readonly changeInfo?: string;
}

/** A replacement, as far as pint knows it. */
export interface Replacement<T extends PintRecord = PintRecord> {
    readonly name?: string;
    readonly id?: string;
    /** Missing where pint has no record of it in the region. */
    readonly image?: T;
}

export interface Replacements<T extends PintRecord = PintRecord> {
    /** First the image's own replacement, then that one's, and so on. */
    readonly chain: readonly Replacement<T>[];
    /** The last replacement is one that went before, so that there is no end. */
    readonly circular: boolean;
}

/** Follows the replacements of an image to their end. */
export function followReplacements<T extends PintRecord>(image: T, images: readonly T[]): Replacements<T> {
    const chain: Replacement<T>[] = [];
    const seen = new Set([image.id]);
    for (let next = replacementOf(image, images); next !== undefined;) {
        chain.push(next);
        if (next.image === undefined) {
            break;
        }
        if (seen.has(next.image.id)) {
            return { chain, circular: true };
        }
        seen.add(next.image.id);
        next = replacementOf(next.image, images);
    }
    return { chain, circular: false };
}

/** By the id, which is certain; by the name where the id leads nowhere. */
function replacementOf<T extends PintRecord>(
    { replacementName: name, replacementId: id }: PintRecord,
    images: readonly T[],
): Replacement<T> | undefined {
    if (name === undefined && id === undefined) {
        return undefined;
    }
    const image =
        images.find((candidate) => candidate.id === id) ??
        images.find((candidate) => candidate.name === name);
    return {
        name,
        id,
        image,
    };
}

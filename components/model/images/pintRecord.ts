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

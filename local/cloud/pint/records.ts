import { suseImages } from "../images/catalogue";

/** A record in pint's own form; nothing is an empty text. */
export type PintRecord = Readonly<Record<string, string>>;

/** As `dir(ImageState)` of pint gives them. */
export const states = ["active", "deleted", "deprecated", "inactive"] as const;

/** Regions that pint knows; an image has the same id in all of them, as moto has it. */
export const regions = [
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "me-south-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

export interface Register {
    /** The day on which records are as they are; `YYYYMMDD`. */
    readonly day: string;
    /** Address below which each image has its pages on what changed in it. */
    readonly pages: string;
}

/** Records of a region, newest first. */
export function recordsOf(region: string, { day, pages }: Register): readonly PintRecord[] {
    return suseImages(day)
        .map((image) => ({
            name: image.name,
            state: image.state,
            replacementname: image.replacement?.name ?? "",
            replacementid: image.replacement?.id ?? "",
            publishedon: image.publishedOn,
            deprecatedon: image.deprecatedOn ?? "",
            region,
            id: image.id,
            deletedon: image.deletedOn ?? "",
            changeinfo: `${pages}/${image.name}/`,
        }))
        .sort((left, right) => right.publishedon.localeCompare(left.publishedon));
}

import { nearestWord } from "./nearestWord";

/** What is expected where a region is wrong. */
export const expectedRegion = "a region of AWS such as eu-central-1";

/** Whether a text has the form of a region's name, such as `eu-central-1`, `us-gov-west-1` or `eusc-de-east-1`. */
export function isRegion(text: string): boolean {
    return /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text);
}

/**
 * Regions of AWS, for those who mistype one; AWS may have more by now.
 * Source: @aws-sdk/core 3.1169.0, submodules/client/util-endpoints/lib/aws/partitions.js, November 2026.
 */
export const regions: readonly string[] = [
    "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2",
    "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7",
    "ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2",
    "eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1",
    "sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2",
    "cn-north-1 cn-northwest-1 eusc-de-east-1 us-gov-east-1 us-gov-west-1",
    "eu-isoe-west-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1",
].flatMap((line) => line.split(" "));

/** AWS names regions by the points of the compass, new ones too. */
const points = ["north", "south", "east", "west", "central"];
const compass = [...points, ...["northeast", "northwest", "southeast", "southwest"]];

export interface RegionDoubt {
    /** Else AWS may have the region since the list was made, and nobody is kept from it. */
    readonly isWrong: boolean;
    readonly meant: string | undefined;
}

/**
 * What speaks against a region: that its name has not the form of one, or a point of the compass that is mistyped. A
 * region that is merely not in the list may be a new one: only that is sure to be told.
 */
export function doubtRegion(text: string): RegionDoubt | undefined {
    if (regions.includes(text)) {
        return undefined;
    }
    const meant = nearestWord(text.toLowerCase(), regions);
    const point = text.split("-").at(-2) ?? "";
    const isMistyped = !compass.includes(point) && nearestWord(point, compass) !== undefined;
    return { isWrong: !isRegion(text) || (isMistyped && meant !== undefined), meant };
}

import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { LockedImage } from "../model/images/imageLock";
import type { ImageCandidate } from "../model/images/imageOrder";

/** An image as EC2 describes it. */
export interface DescribedImage extends LockedImage, ImageCandidate {
    /** Name of the root device, such as `/dev/sda1`. */
    readonly rootDeviceName: string;
}

export interface FoundImages {
    readonly images: readonly DescribedImage[];
    readonly region: string;
}

/** SUSE's images carry this owner alias in every partition, while the account differs. */
const suse = ["amazon"];
/** Whose an image may be that a person takes for SUSE's. */
const anyone = [...suse, "self", "aws-marketplace"];

/** SUSE's images whose names match; also those that EC2 hides from lists, as hosts may run on them. */
export function imagesNamed(filter: string, options: pulumi.InvokeOptions): Promise<FoundImages> {
    return find(suse, { name: "name", values: [filter] }, options);
}

/** The image with an id, whosever it is. */
export function imagesWithId(id: string, options: pulumi.InvokeOptions): Promise<FoundImages> {
    return find(anyone, { name: "image-id", values: [id] }, options);
}

async function find(
    owners: string[],
    filter: { name: string; values: string[] },
    options: pulumi.InvokeOptions,
): Promise<FoundImages> {
    const { ids, region } = await ec2.getAmiIds(
        { owners, filters: [filter], includeDeprecated: true },
        options,
    );
    const images = await Promise.all(ids.map((id) => describe(id, owners, options)));
    return { images, region };
}

async function describe(
    id: string,
    owners: string[],
    options: pulumi.InvokeOptions,
): Promise<DescribedImage> {
    const { name, rootDeviceName, imageOwnerAlias, deprecationTime } = await ec2.getAmi(
        { owners, filters: [{ name: "image-id", values: [id] }], includeDeprecated: true },
        options,
    );
    return {
        id,
        name,
        rootDeviceName,
        ...(imageOwnerAlias === "" ? {} : { ownerAlias: imageOwnerAlias }),
        ...(deprecationTime === "" ? {} : { deprecatedAt: deprecationTime }),
    };
}

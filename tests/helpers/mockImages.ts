import type { Inputs, MockAws } from "./mockAws";

/** As the official provider describes an image. */
export function imageAnswer(image: MockAws["images"][number] | undefined): Inputs {
    if (image === undefined) {
        throw new Error("your query returned no results");
    }
    const { ownerAlias = "amazon", deprecatedAt = "", rootVolumeGiB = 1, ...rest } = image;
    // An account's own images have no alias.
    return {
        ...rest,
        imageOwnerAlias: ownerAlias === "self" ? "" : ownerAlias,
        deprecationTime: deprecatedAt,
        blockDeviceMappings: [
            { deviceName: rest.rootDeviceName, ebs: { volume_size: String(rootVolumeGiB) } },
        ],
    };
}

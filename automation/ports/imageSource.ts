import type { ImageReference } from "../../components/model/containers/imageReference";
import type { Architecture } from "../../components/model/instanceTypes";

/** A part of an image: its configuration, or a layer. */
export interface ImageBlob {
    readonly digest: string;
    readonly sizeBytes: number;
}

/** A container image where it comes from, for one architecture. */
export interface SourceImage {
    /** Of the manifest, which is kept byte for byte. */
    readonly digest: string;
    readonly manifest: string;
    readonly mediaType: string;
    /** Everything that has to be there before the image can be. */
    readonly blobs: readonly ImageBlob[];
    readonly labels: Readonly<Record<string, string>>;
}

/** Where container images come from. Bytes that have come once are on this machine the next time. */
export interface ImageSource {
    /** @throws AppError IMAGE_NOT_IN_REGISTRY, IMAGE_OF_OTHER_ARCHITECTURE, REGISTRY_FAILED */
    find(reference: ImageReference, architecture: Architecture): Promise<SourceImage>;
    /** @returns a file that holds the whole part, by its digest. @throws AppError REGISTRY_FAILED, CACHE_UNUSABLE */
    fetch(reference: ImageReference, blob: ImageBlob): Promise<string>;
}

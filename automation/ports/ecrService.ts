import type { StandingRepository } from "../../components/model/checks/reads";

/** A private repository, with what it holds. */
export interface Repository extends StandingRepository {
    readonly arn: string;
    /** Such as `123456789012.dkr.ecr.eu-central-1.amazonaws.com/web/shop`. */
    readonly url: string;
    readonly images: number;
}

/** An image in a repository. */
export interface RepositoryImage {
    readonly digest: string;
    /** None of what only a list for several architectures names. */
    readonly tags: readonly string[];
    readonly sizeBytes?: number;
    readonly pushedAt?: Date;
}

/** A file that holds a part of an image. */
export interface LayerFile {
    readonly digest: string;
    readonly file: string;
}

export interface PushedManifest {
    /** Byte for byte. */
    readonly manifest: string;
    readonly mediaType: string;
    readonly tag: string;
}

/** What of Amazon ECR is used. */
export interface EcrService {
    /** A repository of the account's own registry; undefined where there is none of that name. */
    repository(name: string): Promise<Repository | undefined>;
    /** A repository's own policy, as JSON; undefined where it has none. */
    policy(name: string): Promise<string | undefined>;
    /** What a repository holds, the newest first; none of one that is gone. */
    images(name: string): Promise<readonly RepositoryImage[]>;
    /** The digest of the image that has a tag; undefined where none has. */
    digestOf(name: string, tag: string): Promise<string | undefined>;
    /** Those of these layers that a repository does not have. */
    missingLayers(name: string, digests: readonly string[]): Promise<readonly string[]>;
    /** Uploads a layer; one that is there already is no error. */
    uploadLayer(name: string, layer: LayerFile): Promise<void>;
    /**
     * Makes an image of layers that are there; the same one under the same tag is no error.
     * @throws AppError IMAGE_TAG_TAKEN
     */
    putImage(name: string, image: PushedManifest): Promise<void>;
    /** Deletes a repository with its images; one that is gone is no error. */
    removeRepository(name: string): Promise<void>;
}

import type { Repository } from "@aws-sdk/client-ecr";
import type { Cloud } from "../cloud";
import type { ApiRequest } from "../front/apiRequest";
import { AwsError } from "../front/apiResponse";
import type { StoredImage } from "./storedImages";

/** A repository that a call is about. */
export interface Asked {
    readonly cloud: Cloud;
    readonly region: string;
    readonly repository: Repository;
    /** Name in ECR. */
    readonly name: string;
    /** Name in the registry behind it. */
    readonly stored: string;
    readonly registryId: string;
}

/** The input of a request. */
export function inputOf({ body }: ApiRequest): unknown {
    const text = body?.toString("utf8") ?? "";
    return JSON.parse(text === "" ? "{}" : text);
}

/** The repository of a name. @throws AwsError RepositoryNotFoundException, in AWS's words as moto has them */
export async function repositoryOf(cloud: Cloud, region: string, name = ""): Promise<Asked> {
    const { repositories = [] } = await cloud.moto
        .ecr(region)
        .describeRepositories({ repositoryNames: [name] });
    const [repository] = repositories;
    if (repository === undefined) {
        throw new AwsError(
            "RepositoryNotFoundException",
            `The repository with name '${name}' does not exist`,
        );
    }
    return {
        cloud,
        region,
        repository,
        name,
        stored: `${region}/${name}`,
        registryId: repository.registryId ?? "",
    };
}

export function imagesOf({ cloud, stored }: Asked): Promise<readonly StoredImage[]> {
    return cloud.registry.images.list(stored);
}

/** How AWS's words name a repository. */
export function inRegistry({ name, registryId }: Asked): string {
    return `repository with name '${name}' in registry with id '${registryId}'`;
}

/** Whether a tag stays with the image that has it. */
function isImmutable({ repository }: Asked): boolean {
    return repository.imageTagMutability === "IMMUTABLE";
}

/**
 * A tag of an immutable repository never changes hands, and what is there already is not pushed again
 * (https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html).
 * @throws AwsError
 */
export async function requireFreeTag(asked: Asked, digest: string, tag: string | undefined): Promise<void> {
    const images = await imagesOf(asked);
    const same = images.find((one) => one.digest === digest);
    const holder = images.find(({ tags }) => tag !== undefined && tags.includes(tag));
    if (same !== undefined && (tag === undefined || holder === same)) {
        const named = tag === undefined ? "" : ` and tag '${tag}'`;
        throw new AwsError(
            "ImageAlreadyExistsException",
            `Image with digest '${digest}'${named} already exists in the ${inRegistry(asked)}`,
        );
    }
    if (holder !== undefined && isImmutable(asked)) {
        throw new AwsError(
            "ImageTagAlreadyExistsException",
            `The image tag '${tag ?? ""}' already exists in the '${asked.name}' repository and cannot be overwritten because the tag is immutable.`,
        );
    }
}

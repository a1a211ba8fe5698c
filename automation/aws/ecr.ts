import {
    BatchCheckLayerAvailabilityCommand,
    BatchGetImageCommand,
    DeleteRepositoryCommand,
    DescribeRepositoriesCommand,
    ECRClient,
    GetRepositoryPolicyCommand,
    ListTagsForResourceCommand,
    paginateDescribeImages,
    paginateListImages,
    PutImageCommand,
} from "@aws-sdk/client-ecr";

import { AppError } from "../errors/appError";
import type { EcrService, PushedManifest } from "../ports/ecrService";
import { chunks, collect, tagsOf, unless } from "./collect";
import { uploadLayer } from "./ecrLayers";
import { awsErrorName } from "./errors";
import type { AwsSession } from "./session";

const gone = ["RepositoryNotFoundException"];
/** API reference of Amazon ECR, BatchCheckLayerAvailability: layerDigests. */
const mostLayers = 100;

export function createEcrService(session: AwsSession): EcrService {
    const client = session.connect(new ECRClient(session.configuration("ECR")), "ECR", "ecr");
    return {
        repository: (name) => unless(gone, undefined, () => describe(client, name)),
        policy: (repositoryName) =>
            unless([...gone, "RepositoryPolicyNotFoundException"], undefined, async () => {
                const { policyText } = await client.send(new GetRepositoryPolicyCommand({ repositoryName }));
                return policyText;
            }),
        images: (repositoryName) =>
            unless(gone, [], async () => {
                const pages = paginateDescribeImages({ client }, { repositoryName });
                const found = await collect(pages, (page) => page.imageDetails);
                return found
                    .map(({ imageDigest = "", imageTags = [], imageSizeInBytes, imagePushedAt }) => ({
                        digest: imageDigest,
                        tags: imageTags,
                        sizeBytes: imageSizeInBytes,
                        pushedAt: imagePushedAt,
                    }))
                    .sort((one, other) => Number(other.pushedAt) - Number(one.pushedAt));
            }),
        digestOf: async (repositoryName, imageTag) => {
            const { images = [] } = await client.send(
                new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }),
            );
            return images[0]?.imageId?.imageDigest;
        },
        missingLayers: async (repositoryName, digests) => {
            const answers = await Promise.all(
                chunks([...new Set(digests)], mostLayers).map((layerDigests) =>
                    client.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests })),
                ),
            );
            const there = new Set(
                answers
                    .flatMap(({ layers = [] }) => layers)
                    .filter(({ layerAvailability }) => layerAvailability === "AVAILABLE")
                    .map(({ layerDigest }) => layerDigest),
            );
            return digests.filter((digest) => !there.has(digest));
        },
        uploadLayer: (name, layer) => uploadLayer(client, name, layer),
        putImage: (name, image) => putImage(client, name, image),
        removeRepository: async (repositoryName) => {
            await unless(gone, undefined, () =>
                client.send(new DeleteRepositoryCommand({ repositoryName, force: true })),
            );
        },
    };
}

async function describe(client: ECRClient, name: string) {
    const { repositories = [] } = await client.send(
        new DescribeRepositoriesCommand({ repositoryNames: [name] }),
    );
    const [found] = repositories;
    if (found === undefined) {
        return undefined;
    }
    const resourceArn = found.repositoryArn ?? "";
    const [{ tags }, images] = await Promise.all([
        client.send(new ListTagsForResourceCommand({ resourceArn })),
        // One image has an entry for each of its tags.
        collect(paginateListImages({ client }, { repositoryName: name }), (page) => page.imageIds),
    ]);
    return {
        name,
        arn: resourceArn,
        url: found.repositoryUri ?? "",
        kmsKeyId: found.encryptionConfiguration?.kmsKey,
        tags: tagsOf(tags),
        images: new Set(images.map(({ imageDigest }) => imageDigest)).size,
    };
}

async function putImage(
    client: ECRClient,
    repositoryName: string,
    { manifest: imageManifest, mediaType: imageManifestMediaType, tag: imageTag }: PushedManifest,
): Promise<void> {
    try {
        await unless(["ImageAlreadyExistsException"], undefined, () =>
            client.send(
                new PutImageCommand({ repositoryName, imageManifest, imageManifestMediaType, imageTag }),
            ),
        );
    } catch (error) {
        if (awsErrorName(error) !== "ImageTagAlreadyExistsException") {
            throw error;
        }
        throw new AppError("IMAGE_TAG_TAKEN", {
            message: `the tag ${imageTag} is another image's in ${repositoryName}, and tags there never change hands`,
            cause: error,
        });
    }
}

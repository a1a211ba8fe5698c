import { createHash } from "node:crypto";
import type {
    BatchDeleteImageCommandInput,
    BatchGetImageCommandInput,
    DescribeImagesCommandInput,
    ImageIdentifier,
    ListImagesCommandInput,
    PutImageCommandInput,
    TagStatus,
} from "@aws-sdk/client-ecr";
import type { Handler } from "../cloud";
import { AwsError, jsonResponse } from "../front/apiResponse";
import { hasLayer } from "./layers";
import { imagesOf, inputOf, inRegistry, repositoryOf, requireFreeTag, type Asked } from "./repositories";
import { mediaTypeOf, needsOf, type StoredImage } from "./storedImages";

/** Nothing is there under its name before all that it stands on is. */
const putImage: Handler = async (request, cloud) => {
    const input = inputOf(request) as PutImageCommandInput;
    const { imageManifest = "", imageTag: tag, imageDigest } = input;
    const asked = await repositoryOf(cloud, request.region, input.repositoryName);
    const digest = `sha256:${createHash("sha256").update(imageManifest).digest("hex")}`;
    if (imageDigest !== undefined && imageDigest !== digest) {
        throw new AwsError(
            "ImageDigestDoesNotMatchException",
            `The image digest '${imageDigest}' does not match the digest of the manifest, '${digest}'`,
        );
    }
    const mediaType = input.imageManifestMediaType ?? mediaTypeOf(imageManifest);
    return cloud.locks.run(`ecr ${asked.stored}`, async () => {
        await requireFreeTag(asked, digest, tag);
        await requireNeeds(asked, imageManifest);
        const { status, body } = await cloud.registry.ask({
            method: "PUT",
            path: `${asked.stored}/manifests/${tag ?? digest}`,
            headers: {
                "content-type": mediaType,
                "content-length": String(Buffer.byteLength(imageManifest)),
            },
            body: Buffer.from(imageManifest, "utf8"),
        });
        if (status !== 201) {
            throw new AwsError(
                "InvalidParameterException",
                `Invalid parameter at 'ImageManifest' failed to satisfy constraint: ${body.toString("utf8")}`,
            );
        }
        return jsonResponse({
            image: {
                registryId: asked.registryId,
                repositoryName: asked.name,
                imageId: { imageDigest: digest, ...(tag !== undefined && { imageTag: tag }) },
                imageManifest,
                imageManifestMediaType: mediaType,
            },
        });
    });
};

/** @throws AwsError LayersNotFoundException, ReferencedImagesNotFoundException */
async function requireNeeds(asked: Asked, manifest: string): Promise<void> {
    const { blobs, images } = needsOf(manifest);
    const sizes = await Promise.all(blobs.map(({ digest }) => hasLayer(asked, digest)));
    const layers = blobs.filter((_, index) => sizes[index] === undefined).map(({ digest }) => digest);
    if (layers.length > 0) {
        throw new AwsError(
            "LayersNotFoundException",
            `Layers with digests '[${layers.join(", ")}]' required for pushing image into ${inRegistry(asked)} do not exist`,
        );
    }
    const there = new Set((await imagesOf(asked)).map(({ digest }) => digest));
    const missing = images.map(({ digest }) => digest).filter((digest) => !there.has(digest));
    if (missing.length > 0) {
        throw new AwsError(
            "ReferencedImagesNotFoundException",
            `Images with digests '[${missing.join(", ")}]' required for pushing image into ${inRegistry(asked)} do not exist`,
        );
    }
}

function isMeant(image: StoredImage, { imageDigest, imageTag }: ImageIdentifier): boolean {
    const fitsTag = imageTag === undefined || image.tags.includes(imageTag);
    return fitsTag && (imageDigest === undefined || imageDigest === image.digest);
}

function notFound(imageId: ImageIdentifier): object {
    return { imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" };
}

const batchGetImage: Handler = async (request, cloud) => {
    const { repositoryName, imageIds = [] } = inputOf(request) as BatchGetImageCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    const all = await imagesOf(asked);
    const found = imageIds.map((id) => ({ id, image: all.find((one) => isMeant(one, id)) }));
    return jsonResponse({
        images: found.flatMap(({ id, image }) =>
            image === undefined
                ? []
                : [
                      {
                          registryId: asked.registryId,
                          repositoryName: asked.name,
                          imageId: { imageDigest: image.digest, imageTag: id.imageTag },
                          imageManifest: image.manifest,
                          imageManifestMediaType: image.mediaType,
                      },
                  ],
        ),
        failures: found.flatMap(({ id, image }) => (image === undefined ? [notFound(id)] : [])),
    });
};

function fits({ tags }: StoredImage, status: TagStatus | undefined): boolean {
    return status === undefined || status === "ANY" || (status === "TAGGED") === tags.length > 0;
}

const describeImages: Handler = async (request, cloud) => {
    const { repositoryName, imageIds, filter } = inputOf(request) as DescribeImagesCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    const all = await imagesOf(asked);
    const missing = imageIds?.find((id) => !all.some((one) => isMeant(one, id)));
    if (missing !== undefined) {
        const { imageDigest = "null", imageTag = "null" } = missing;
        throw new AwsError(
            "ImageNotFoundException",
            `The image with imageId {imageDigest:'${imageDigest}', imageTag:'${imageTag}'} does not exist within the ${inRegistry(asked)}`,
        );
    }
    const wanted = all.filter(
        (one) => fits(one, filter?.tagStatus) && (imageIds?.some((id) => isMeant(one, id)) ?? true),
    );
    return jsonResponse({
        imageDetails: wanted.map((one) => ({
            registryId: asked.registryId,
            repositoryName: asked.name,
            imageDigest: one.digest,
            imageTags: one.tags.length === 0 ? undefined : one.tags,
            imageSizeInBytes: needsOf(one.manifest).blobs.reduce((sum, { size }) => sum + size, 0),
            imagePushedAt: one.pushedAt.getTime() / 1000,
            imageManifestMediaType: one.mediaType,
        })),
    });
};

const listImages: Handler = async (request, cloud) => {
    const { repositoryName, filter } = inputOf(request) as ListImagesCommandInput;
    const images = await imagesOf(await repositoryOf(cloud, request.region, repositoryName));
    return jsonResponse({
        imageIds: images
            .filter((one) => fits(one, filter?.tagStatus))
            .flatMap(({ digest: imageDigest, tags }) =>
                tags.length === 0 ? [{ imageDigest }] : tags.map((imageTag) => ({ imageDigest, imageTag })),
            ),
    });
};

/** A tag goes alone as long as the image has others; by its digest an image goes with all of them. */
const batchDeleteImage: Handler = async (request, cloud) => {
    const { repositoryName, imageIds = [] } = inputOf(request) as BatchDeleteImageCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    const deleted: ImageIdentifier[] = [];
    const failures: object[] = [];
    await cloud.locks.run(`ecr ${asked.stored}`, async () => {
        for (const id of imageIds) {
            const all = await imagesOf(asked);
            const image = all.find((one) => isMeant(one, id));
            if (image === undefined) {
                failures.push(notFound(id));
            } else if (id.imageTag !== undefined && image.tags.length > 1) {
                await cloud.registry.images.untag(asked.stored, id.imageTag);
                deleted.push({ imageDigest: image.digest, imageTag: id.imageTag });
            } else {
                const holder = all.find((one) =>
                    needsOf(one.manifest).images.some(({ digest }) => digest === image.digest),
                );
                if (holder === undefined) {
                    const path = `${asked.stored}/manifests/${image.digest}`;
                    await cloud.registry.ask({ method: "DELETE", path });
                    const tags = image.tags.map((imageTag) => ({ imageDigest: image.digest, imageTag }));
                    deleted.push(...(tags.length === 0 ? [{ imageDigest: image.digest }] : tags));
                } else {
                    const failureReason = `Requested image referenced by manifest list: [${holder.digest}]`;
                    failures.push({
                        imageId: id,
                        failureCode: "ImageReferencedByManifestList",
                        failureReason,
                    });
                }
            }
        }
    });
    return jsonResponse({ imageIds: deleted, failures });
};

export const imageHandlers: Readonly<Record<string, Handler>> = {
    BatchDeleteImage: batchDeleteImage,
    BatchGetImage: batchGetImage,
    DescribeImages: describeImages,
    ListImages: listImages,
    PutImage: putImage,
};

import { createHash, randomBytes } from "node:crypto";
import type { ECR } from "@aws-sdk/client-ecr";

const digestOf = (bytes: Buffer | string) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** Pushes an image of one layer of a few bytes through ECR's own API. @returns its digest */
export async function pushImage(ecr: ECR, repositoryName: string, imageTag: string): Promise<string> {
    const config = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", made: imageTag }));
    const layer = randomBytes(64);
    for (const bytes of [config, layer]) {
        const { uploadId } = await ecr.initiateLayerUpload({ repositoryName });
        await ecr.uploadLayerPart({
            ...{ repositoryName, uploadId, partFirstByte: 0, partLastByte: bytes.length - 1 },
            layerPartBlob: bytes,
        });
        await ecr.completeLayerUpload({ repositoryName, uploadId, layerDigests: [digestOf(bytes)] });
    }
    const blob = (bytes: Buffer, kind: string) => ({
        mediaType: `application/vnd.oci.image.${kind}`,
        size: bytes.length,
        digest: digestOf(bytes),
    });
    const imageManifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        config: blob(config, "config.v1+json"),
        layers: [blob(layer, "layer.v1.tar")],
    });
    await ecr.putImage({ repositoryName, imageManifest, imageTag });
    return digestOf(imageManifest);
}

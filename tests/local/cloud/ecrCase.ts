import { createHash, randomBytes } from "node:crypto";
import { ECR, type PutImageCommandOutput } from "@aws-sdk/client-ecr";
import { expect } from "chai";

import { useCloud, type TestCloud } from "./testCloud";

export const mebibyte = 1024 * 1024;
export const manifestType = "application/vnd.oci.image.manifest.v1+json";
export const repositoryName = "dev/web";

export const digestOf = (bytes: Buffer | string): string =>
    `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

interface ImageParts {
    readonly layer: Buffer;
    readonly config: Buffer;
    readonly manifest: string;
    readonly digest: string;
}

/** An image of one layer, as its parts. */
export function image(layer = randomBytes(64)): ImageParts {
    const config = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", rootfs: {} }));
    const blob = (bytes: Buffer, mediaType: string) => ({
        mediaType,
        size: bytes.length,
        digest: digestOf(bytes),
    });
    const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        config: blob(config, "application/vnd.oci.image.config.v1+json"),
        layers: [blob(layer, "application/vnd.oci.image.layer.v1.tar")],
    });
    return { layer, config, manifest, digest: digestOf(manifest) };
}

/** An ECR with one repository before every test. */
export function useEcr(): {
    readonly cloud: () => TestCloud;
    readonly ecr: () => ECR;
    readonly upload: (bytes: Buffer, digest?: string) => Promise<unknown>;
    readonly push: (imageTag: string | undefined, made?: ImageParts) => Promise<PutImageCommandOutput>;
} {
    const cloud = useCloud();
    let ecr: ECR;
    beforeEach(async () => {
        ecr = new ECR({
            endpoint: cloud().info.endpoint,
            region: "us-east-1",
            credentials: { accessKeyId: "test", secretAccessKey: "test" },
            maxAttempts: 1,
        });
        await ecr.createRepository({ repositoryName, imageTagMutability: "IMMUTABLE" });
    });
    afterEach(() => {
        ecr.destroy();
    });

    async function upload(bytes: Buffer, digest = digestOf(bytes), partSize = 5 * mebibyte) {
        const { uploadId } = await ecr.initiateLayerUpload({ repositoryName });
        for (let first = 0; first < bytes.length; first += partSize) {
            const part = bytes.subarray(first, first + partSize);
            await ecr.uploadLayerPart({
                ...{ repositoryName, uploadId },
                partFirstByte: first,
                partLastByte: first + part.length - 1,
                layerPartBlob: part,
            });
        }
        return ecr.completeLayerUpload({ repositoryName, uploadId, layerDigests: [digest] });
    }

    async function push(imageTag: string | undefined, { layer, config, manifest } = image()) {
        await upload(layer);
        await upload(config).catch((error: unknown) => {
            expect((error as Error).name).to.equal("LayerAlreadyExistsException");
        });
        return ecr.putImage({ repositoryName, imageManifest: manifest, imageTag });
    }

    return { cloud, ecr: () => ecr, upload, push };
}

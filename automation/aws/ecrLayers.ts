import fs from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import {
    CompleteLayerUploadCommand,
    InitiateLayerUploadCommand,
    UploadLayerPartCommand,
    type ECRClient,
} from "@aws-sdk/client-ecr";

import { AppError } from "../errors/appError";
import type { LayerFile } from "../ports/ecrService";
import { unless } from "./collect";

const attempts = 4;
const pauseMilliseconds = 500;
/** What ECR asks for where it says nothing (InitiateLayerUpload: partSize); smaller parts are refused but for the last. */
const usualPartBytes = 10 * 2 ** 20;

/**
 * Uploads a layer in parts. A part whose answer got lost cannot be sent again, so that the whole layer is begun anew; nothing of it
 * is to be seen before it is complete.
 */
export async function uploadLayer(
    client: ECRClient,
    repositoryName: string,
    layer: LayerFile,
): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
        try {
            await uploadOnce(client, repositoryName, layer);
            return;
        } catch (error) {
            if (attempt === attempts || !mayPass(error)) {
                throw error;
            }
            await setTimeout(pauseMilliseconds * 2 ** (attempt - 1));
        }
    }
}

function mayPass(error: unknown): boolean {
    return (
        error instanceof AppError && ["AWS_FAILED", "AWS_UNREACHABLE", "AWS_THROTTLED"].includes(error.code)
    );
}

async function uploadOnce(
    client: ECRClient,
    repositoryName: string,
    { file, digest }: LayerFile,
): Promise<void> {
    const { uploadId, partSize = usualPartBytes } = await client.send(
        new InitiateLayerUploadCommand({ repositoryName }),
    );
    const handle = await fs.open(file);
    try {
        const buffer = Buffer.alloc(partSize);
        for (let first = 0; ;) {
            const { bytesRead } = await handle.read(buffer, 0, partSize, first);
            if (bytesRead === 0) {
                break;
            }
            await client.send(
                new UploadLayerPartCommand({
                    repositoryName,
                    uploadId,
                    partFirstByte: first,
                    partLastByte: first + bytesRead - 1,
                    layerPartBlob: buffer.subarray(0, bytesRead),
                }),
            );
            first += bytesRead;
        }
    } finally {
        await handle.close();
    }
    await unless(["LayerAlreadyExistsException"], undefined, () =>
        client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] })),
    );
}

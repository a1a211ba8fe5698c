import { randomUUID } from "node:crypto";
import type {
    BatchCheckLayerAvailabilityCommandInput,
    CompleteLayerUploadCommandInput,
    GetDownloadUrlForLayerCommandInput,
    InitiateLayerUploadCommandInput,
} from "@aws-sdk/client-ecr";
import type { Handler } from "../cloud";
import { AwsError, jsonResponse } from "../front/apiResponse";
import type { LayerUpload } from "./localRegistry";
import { inputOf, inRegistry, repositoryOf, type Asked } from "./repositories";

/** Source of this and of what follows: API reference of Amazon ECR, the page of each operation. */
const partSize = 10 * 1024 * 1024;
/** "Layer parts must be at least 5 MiB in size", but for the last one (LayerPartTooSmallException). */
const smallestPart = 5 * 1024 * 1024;

/** Whether a repository has a layer. */
export async function hasLayer({ cloud, stored }: Asked, digest: string): Promise<number | undefined> {
    const { status, headers } = await cloud.registry.ask({
        method: "HEAD",
        path: `${stored}/blobs/${digest}`,
    });
    return status === 200 ? Number(headers["content-length"] ?? 0) : undefined;
}

const batchCheckLayerAvailability: Handler = async (request, cloud) => {
    const { repositoryName, layerDigests = [] } = inputOf(request) as BatchCheckLayerAvailabilityCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    const sizes = await Promise.all(layerDigests.map((digest) => hasLayer(asked, digest)));
    return jsonResponse({
        failures: [],
        layers: layerDigests.map((layerDigest, index) => {
            const layerSize = sizes[index];
            return layerSize === undefined
                ? { layerDigest, layerAvailability: "UNAVAILABLE" }
                : { layerDigest, layerAvailability: "AVAILABLE", layerSize };
        }),
    });
};

const initiateLayerUpload: Handler = async (request, cloud) => {
    const { repositoryName } = inputOf(request) as InitiateLayerUploadCommandInput;
    const { stored } = await repositoryOf(cloud, request.region, repositoryName);
    const { status, headers } = await cloud.registry.ask({
        method: "POST",
        path: `${stored}/blobs/uploads/`,
    });
    if (status !== 202 || headers.location === undefined) {
        throw new AwsError("ServerException", `the registry of the local cloud answers ${status}`, 500);
    }
    const uploadId = randomUUID();
    const { location } = headers;
    cloud.layerUploads.set(uploadId, { stored, location, received: 0, endsSmall: false });
    return jsonResponse({ uploadId, partSize });
};

interface PartInput {
    readonly repositoryName?: string;
    readonly uploadId?: string;
    readonly partFirstByte?: number;
    readonly partLastByte?: number;
    /** In base64. */
    readonly layerPartBlob?: string;
}

const uploadLayerPart: Handler = async (request, cloud) => {
    const input = inputOf(request) as PartInput;
    const asked = await repositoryOf(cloud, request.region, input.repositoryName);
    const { uploadId = "", partFirstByte = 0, partLastByte = 0 } = input;
    const upload = uploadOf(asked, uploadId);
    const part = Buffer.from(input.layerPartBlob ?? "", "base64");
    if (partFirstByte !== upload.received || partLastByte - partFirstByte + 1 !== part.length) {
        throw new AwsError(
            "InvalidLayerPartException",
            `Layer part with first byte '${partFirstByte}' and last byte '${partLastByte}' is not valid for upload '${uploadId}': ${upload.received} bytes have been received`,
        );
    }
    if (upload.endsSmall) {
        throw new AwsError("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size.");
    }
    const { status, headers } = await cloud.registry.ask({
        method: "PATCH",
        path: upload.location,
        headers: {
            "content-type": "application/octet-stream",
            "content-length": String(part.length),
            "content-range": `${partFirstByte}-${partLastByte}`,
        },
        body: part,
    });
    if (status !== 202) {
        throw new AwsError("ServerException", `the registry of the local cloud answers ${status}`, 500);
    }
    upload.location = headers.location ?? upload.location;
    upload.received += part.length;
    upload.endsSmall = part.length < smallestPart;
    return jsonResponse({ ...identity(asked), uploadId, lastByteReceived: upload.received - 1 });
};

const completeLayerUpload: Handler = async (request, cloud) => {
    const input = inputOf(request) as CompleteLayerUploadCommandInput;
    const asked = await repositoryOf(cloud, request.region, input.repositoryName);
    const { uploadId = "", layerDigests: [digest = ""] = [] } = input;
    const upload = uploadOf(asked, uploadId);
    if (upload.received === 0) {
        throw new AwsError("EmptyUploadException", `The upload '${uploadId}' contains no layer parts`);
    }
    cloud.layerUploads.delete(uploadId);
    if ((await hasLayer(asked, digest)) !== undefined) {
        throw new AwsError(
            "LayerAlreadyExistsException",
            `Layer with digest '${digest}' already exists in the ${inRegistry(asked)}`,
        );
    }
    const { status } = await cloud.registry.ask({
        method: "PUT",
        path: `${upload.location}${upload.location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`,
        headers: { "content-length": "0" },
    });
    if (status !== 201) {
        throw new AwsError(
            "InvalidLayerException",
            `Layer with digest '${digest}' is not what was uploaded: the digest of the upload '${uploadId}' is another one`,
        );
    }
    return jsonResponse({ ...identity(asked), uploadId, layerDigest: digest });
};

/** Anybody who has the address may fetch the layer, as with the signed one of AWS. */
const getDownloadUrlForLayer: Handler = async (request, cloud) => {
    const { repositoryName, layerDigest = "" } = inputOf(request) as GetDownloadUrlForLayerCommandInput;
    const asked = await repositoryOf(cloud, request.region, repositoryName);
    if ((await hasLayer(asked, layerDigest)) === undefined) {
        throw new AwsError(
            "LayersNotFoundException",
            `The layer with digest '${layerDigest}' does not exist in the ${inRegistry(asked)}`,
        );
    }
    const downloadUrl = `http://127.0.0.1:${await cloud.registry.port()}/v2/${asked.stored}/blobs/${layerDigest}`;
    return jsonResponse({ downloadUrl, layerDigest });
};

function identity({ name, registryId }: Asked): object {
    return { registryId, repositoryName: name };
}

function uploadOf(asked: Asked, uploadId: string): LayerUpload {
    const upload = asked.cloud.layerUploads.get(uploadId);
    if (upload?.stored !== asked.stored) {
        throw new AwsError(
            "UploadNotFoundException",
            `The upload with id '${uploadId}' does not exist in the ${inRegistry(asked)}`,
        );
    }
    return upload;
}

export const layerHandlers: Readonly<Record<string, Handler>> = {
    BatchCheckLayerAvailability: batchCheckLayerAvailability,
    CompleteLayerUpload: completeLayerUpload,
    GetDownloadUrlForLayer: getDownloadUrlForLayer,
    InitiateLayerUpload: initiateLayerUpload,
    UploadLayerPart: uploadLayerPart,
};

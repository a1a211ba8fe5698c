import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import {
    readImageConfiguration,
    readImageDocument,
    type ImageConfiguration,
    type ImageDocument,
    type ListedImage,
} from "../../components/model/containers/imageDocuments";
import { showReference, type ImageReference } from "../../components/model/containers/imageReference";
import type { Architecture } from "../../components/model/instanceTypes";
import { AppError } from "../errors/appError";
import { requireProxies } from "../errors/proxyError";
import { isThere } from "../output/isThere";
import { makeFolder } from "../output/makeFolder";
import type { ImageBlob, ImageSource, SourceImage } from "../ports/imageSource";
import { cacheDirectory } from "../setup";
import { RegistryClient, type RawManifest } from "./registryClient";

/** As Go, and so every container image, calls them. */
const goArchitectures: Readonly<Record<Architecture, string>> = { x86_64: "amd64", arm64: "arm64" };

/** Registries, with what has come from them in the cache. @throws AppError PROXY_INVALID */
export function createImageSource({
    env,
}: {
    readonly env: Readonly<Record<string, string | undefined>>;
}): ImageSource {
    const client = new RegistryClient(requireProxies(env));
    const folder = path.join(cacheDirectory(env), "container-images");
    const fetch = (reference: ImageReference, blob: ImageBlob): Promise<string> =>
        fetchBlob(client, folder, reference, blob);
    return {
        fetch,
        find: (reference, architecture) => find(client, fetch, reference, architecture),
    };
}

async function find(
    client: RegistryClient,
    fetch: ImageSource["fetch"],
    reference: ImageReference,
    architecture: Architecture,
): Promise<SourceImage> {
    const first = await client.manifest(reference, reference.digest ?? reference.tag ?? "latest");
    requireDigest(first, reference, reference.digest);
    const { manifests } = requireManifest(first, reference);
    const wanted = goArchitectures[architecture];
    const chosen = isNothing(manifests) ? first : await choose(client, reference, manifests, wanted);
    const { config, layers } = requireManifest(chosen, reference);
    if (isNothing(config)) {
        throw broken(reference, "its manifest names no configuration");
    }
    const blobs = [config, ...(layers ?? [])].map(({ digest, size }) => ({ digest, sizeBytes: size }));
    const file = await fetch(reference, { digest: config.digest, sizeBytes: config.size });
    const { architecture: has, config: settings } = requireConfiguration(
        await fs.readFile(file, "utf8"),
        reference,
    );
    if (!isNothing(has) && has !== wanted) {
        throw otherArchitecture(reference, wanted, [has]);
    }
    return {
        digest: digestOf(chosen.bytes),
        manifest: chosen.bytes.toString("utf8"),
        mediaType: chosen.mediaType,
        blobs: blobs.filter(({ digest }, index) => blobs.findIndex((one) => one.digest === digest) === index),
        labels: settings?.Labels ?? {},
    };
}

/** Go writes what is not there as null, or not at all. */
function isNothing(value: unknown): value is null | undefined {
    return value === null || value === undefined;
}

/** Of a list for several architectures, the image for one. */
async function choose(
    client: RegistryClient,
    reference: ImageReference,
    manifests: readonly ListedImage[],
    wanted: string,
): Promise<RawManifest> {
    const fitting = manifests.find(
        ({ platform }) => platform?.os === "linux" && platform.architecture === wanted,
    );
    if (fitting === undefined) {
        const there = manifests.flatMap(({ platform }) =>
            platform?.os === "unknown" ? [] : (platform?.architecture ?? []),
        );
        throw otherArchitecture(reference, wanted, [...new Set(there)]);
    }
    const manifest = await client.manifest(reference, fitting.digest);
    requireDigest(manifest, reference, fitting.digest);
    return manifest;
}

function otherArchitecture(reference: ImageReference, wanted: string, there: readonly string[]): AppError {
    return new AppError("IMAGE_OF_OTHER_ARCHITECTURE", {
        message: `${showReference(reference)} is not for the hosts: got ${there.join(", ") || "nothing"}, expected ${wanted}`,
    });
}

function requireManifest({ bytes }: RawManifest, reference: ImageReference): ImageDocument {
    const read = readImageDocument(bytes.toString("utf8"));
    if (typeof read === "string") {
        throw broken(reference, `its manifest ${read}`);
    }
    return read;
}

function requireConfiguration(text: string, reference: ImageReference): ImageConfiguration {
    const read = readImageConfiguration(text);
    if (typeof read === "string") {
        throw broken(reference, `its configuration ${read}`);
    }
    return read;
}

function broken(reference: ImageReference, why: string): AppError {
    const message = `${reference.registry} gives something else than ${showReference(reference)}: ${why}`;
    return new AppError("REGISTRY_FAILED", { message });
}

function digestOf(bytes: Buffer): string {
    return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function requireDigest({ bytes }: RawManifest, reference: ImageReference, wanted: string | undefined): void {
    const has = digestOf(bytes);
    if (wanted !== undefined && wanted !== has) {
        throw broken(reference, `got the digest ${has}, expected ${wanted}`);
    }
}

/** A file in the cache is whole: it gets its name only once its digest is right. */
async function fetchBlob(
    client: RegistryClient,
    folder: string,
    reference: ImageReference,
    { digest }: ImageBlob,
): Promise<string> {
    const file = path.join(folder, digest.replace(":", "-"));
    if (await isThere(file)) {
        return file;
    }
    const part = `${file}.${randomUUID()}.part`;
    try {
        await makeFolder(folder);
        await client.download(reference, digest, part);
        const has = await digestOfFile(part);
        if (has !== digest) {
            throw broken(reference, `got a layer with the digest ${has}, expected ${digest}`);
        }
        await fs.rename(part, file);
        return file;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (["ENOSPC", "EDQUOT", "EACCES", "EROFS"].includes(code ?? "")) {
            const message = `${folder} cannot take ${showReference(reference)}: ${(error as Error).message}`;
            throw new AppError("CACHE_UNUSABLE", { message, cause: error });
        }
        throw error;
    } finally {
        await fs.rm(part, { force: true });
    }
}

async function digestOfFile(file: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    return `sha256:${hash.digest("hex")}`;
}

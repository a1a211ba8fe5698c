import fs from "node:fs/promises";
import path from "node:path";

import { AwsError } from "../front/apiResponse";

/** An image, or a list of images for several architectures, as the registry keeps it. */
export interface StoredImage {
    readonly digest: string;
    readonly tags: readonly string[];
    readonly pushedAt: Date;
    readonly manifest: string;
    readonly mediaType: string;
}

interface Manifest {
    readonly mediaType?: string;
    readonly config?: Blob | null;
    readonly layers?: readonly Blob[] | null;
    readonly manifests?: readonly Blob[] | null;
}

interface Blob {
    readonly digest: string;
    readonly size: number;
    readonly mediaType?: string;
}

/** What a manifest stands on: blobs of the same repository, or other images of it. */
export interface Needs {
    readonly blobs: readonly Blob[];
    readonly images: readonly Blob[];
}

/** @throws AwsError InvalidParameterException for what is no manifest */
export function needsOf(manifest: string): Needs {
    const { config, layers, manifests } = readManifest(manifest);
    return { blobs: [...(config ? [config] : []), ...(layers ?? [])], images: manifests ?? [] };
}

/** @throws AwsError InvalidParameterException */
function readManifest(text: string): Manifest {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        throw noManifest();
    }
    if (!isManifest(value)) {
        throw noManifest();
    }
    return value;
}

/** As Go writes it, what is not there is null, or not at all. */
function isManifest(value: unknown): value is Manifest {
    if (!isObject(value)) {
        return false;
    }
    const { mediaType, config, layers, manifests } = value;
    return (
        (mediaType === undefined || typeof mediaType === "string") &&
        [config ?? [], layers ?? [], manifests ?? []].flat().every(isBlob) &&
        [layers ?? [], manifests ?? []].every((list) => Array.isArray(list))
    );
}

function isBlob(value: unknown): value is Blob {
    return isObject(value) && typeof value.digest === "string" && typeof value.size === "number";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function noManifest(): AwsError {
    return new AwsError(
        "InvalidParameterException",
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
    );
}

/**
 * The type that a manifest names, or that of the OCI image specification, where it may leave it out.
 * @throws AwsError InvalidParameterException for what is no manifest
 */
export function mediaTypeOf(manifest: string): string {
    const { mediaType, manifests } = readManifest(manifest);
    return mediaType ?? `application/vnd.oci.image.${manifests ? "index" : "manifest"}.v1+json`;
}

/**
 * The images of the registry's repositories, read from where it keeps them: its API lists tags only, and forgets none of them alone.
 * Source: https://pkg.go.dev/github.com/distribution/distribution/v3/registry/storage, "path specs"
 */
export class StoredImages {
    constructor(private readonly folder: string) {}

    private get root(): string {
        return path.join(this.folder, "data", "docker", "registry", "v2");
    }

    private manifests(repository: string): string {
        return path.join(this.root, "repositories", repository, "_manifests");
    }

    /** Of one repository, the newest last. */
    async list(repository: string): Promise<readonly StoredImage[]> {
        const revisions = path.join(this.manifests(repository), "revisions", "sha256");
        const tags = await this.tags(repository);
        const images = await Promise.all(
            (await entries(revisions)).map(async (hex) => {
                const link = path.join(revisions, hex, "link");
                const found = await fs.stat(link).catch(() => undefined);
                const manifest = await fs.readFile(this.blob(hex), "utf8").catch(() => undefined);
                if (found === undefined || manifest === undefined) {
                    return [];
                }
                const digest = `sha256:${hex}`;
                const own = tags.filter((tag) => tag.digest === digest).map(({ name }) => name);
                const mediaType = mediaTypeOf(manifest);
                return [{ digest, tags: own.sort(), pushedAt: found.mtime, manifest, mediaType }];
            }),
        );
        return images.flat().sort((one, other) => one.pushedAt.getTime() - other.pushedAt.getTime());
    }

    /** Takes a tag off its image. */
    async untag(repository: string, tag: string): Promise<void> {
        await fs.rm(path.join(this.manifests(repository), "tags", tag), { recursive: true, force: true });
    }

    /** Takes a repository away with all that is in it. */
    async remove(repository: string): Promise<void> {
        const folder = path.join(this.root, "repositories", repository);
        // Another one may be named below this one.
        for (const name of ["_manifests", "_layers", "_uploads"]) {
            await fs.rm(path.join(folder, name), { recursive: true, force: true });
        }
    }

    private blob(hex: string): string {
        return path.join(this.root, "blobs", "sha256", hex.slice(0, 2), hex, "data");
    }

    private async tags(repository: string): Promise<readonly { name: string; digest: string }[]> {
        const folder = path.join(this.manifests(repository), "tags");
        const found = await Promise.all(
            (await entries(folder)).map(async (name) => {
                const link = path.join(folder, name, "current", "link");
                const digest = await fs.readFile(link, "utf8").catch(() => undefined);
                return digest === undefined ? [] : [{ name, digest: digest.trim() }];
            }),
        );
        return found.flat();
    }
}

function entries(folder: string): Promise<readonly string[]> {
    return fs.readdir(folder).catch(() => []);
}

import http from "node:http";
import https from "node:https";

import type { ImageReference } from "../../components/model/containers/imageReference";
import { showReference } from "../../components/model/containers/imageReference";
import type { Proxies } from "../../components/model/proxy/proxyVariables";
import { ProxyFailure } from "../../outbound/proxyFailure";
import { AppError } from "../errors/appError";
import { proxyError } from "../errors/proxyError";

/** What registries hand out (OCI image specification, "media types"; docker's are older). */
const manifestTypes = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const waits = { open_timeout: 10_000, response_timeout: 60_000, read_timeout: 60_000 };

/** Docker Hub's registry has another address than its name. */
const hosts: Readonly<Record<string, string>> = { "docker.io": "registry-1.docker.io" };

/** A manifest as the registry has it, byte for byte. */
export interface RawManifest {
    readonly bytes: Buffer;
    readonly mediaType: string;
}

type Library = typeof import("@snyk/docker-registry-v2-client");

/** Registries, asked without credentials, by the proxies of this machine. */
export class RegistryClient {
    constructor(private readonly proxies: Proxies) {}

    /** @throws AppError IMAGE_NOT_IN_REGISTRY, REGISTRY_FAILED */
    async manifest(reference: ImageReference, name: string): Promise<RawManifest> {
        const { registry, path } = reference;
        return this.telling(reference, async ({ registryCall }) => {
            const headers = { Accept: manifestTypes };
            const at = `${hosts[registry] ?? registry}/v2/${path}/manifests/${name}`;
            const options = { ...(await this.options(registry)), headers, parse_response: false };
            const answer = await registryCall(at, undefined, undefined, options);
            return { bytes: answer.raw, mediaType: answer.headers["content-type"] ?? "" };
        });
    }

    /** @throws AppError IMAGE_NOT_IN_REGISTRY, REGISTRY_FAILED */
    async download(reference: ImageReference, digest: string, file: string): Promise<void> {
        const { registry, path } = reference;
        await this.telling(reference, async ({ downloadLayer }) =>
            downloadLayer(
                file,
                hosts[registry] ?? registry,
                path,
                digest,
                undefined,
                undefined,
                await this.options(registry),
            ),
        );
    }

    private async options(registry: string): Promise<Record<string, unknown>> {
        // As docker does: what is on this machine needs no certificate.
        const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/.test(registry);
        const { http: byHttp, https: byHttps } = this.proxies;
        const options = {
            ...waits,
            ...(isHere && { protocol: "http:" }),
            use_proxy_from_env_var: false,
            follow_max: 0,
        };
        if (isHere || (byHttp === undefined && byHttps === undefined)) {
            return options;
        }
        const { ProxyingAgent } = await import("../../outbound/tunnels");
        const direct = { http: http.globalAgent, https: https.globalAgent };
        return { ...options, agent: new ProxyingAgent(this.proxies, direct) };
    }

    private async telling<T>(reference: ImageReference, ask: (library: Library) => Promise<T>): Promise<T> {
        const library = await import("@snyk/docker-registry-v2-client");
        try {
            return await ask(library);
        } catch (error) {
            throw toAppError(error, reference);
        }
    }
}

function toAppError(error: unknown, reference: ImageReference): unknown {
    if (error instanceof AppError) {
        return error;
    }
    if (error instanceof ProxyFailure) {
        return proxyError(error);
    }
    const { statusCode, message } = error as { readonly statusCode?: number; readonly message?: string };
    const image = showReference(reference);
    if (statusCode === 404 || statusCode === 401 || statusCode === 403) {
        return new AppError("IMAGE_NOT_IN_REGISTRY", {
            message: `there is no image ${image}, or not for everybody: ${reference.registry} answers ${statusCode}`,
            cause: error,
        });
    }
    const why = statusCode === undefined ? (message ?? String(error)) : `it answers ${statusCode}`;
    return new AppError("REGISTRY_FAILED", {
        message: `${reference.registry} could not be asked for ${image}: ${why}`,
        cause: error,
    });
}

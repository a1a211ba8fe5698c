import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import { once } from "node:events";
import type net from "node:net";

export const digestOf = (bytes: Buffer | string): string =>
    `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const indexType = "application/vnd.oci.image.index.v1+json";

export interface MadeImage {
    readonly digest: string;
    readonly layers: readonly Buffer[];
}

/** A registry on this machine that images come from; everybody may pull, and nobody pushes. */
export class SourceRegistry {
    private readonly manifests = new Map<string, { bytes: Buffer; type: string }>();
    private readonly blobs = new Map<string, Buffer>();
    /** Paths that were asked for, in order. */
    readonly requests: string[] = [];
    /** What a request is answered with in place of what is there, by a part of its path: a status, or `cut`. */
    readonly spoiled = new Map<string, number | "cut" | "wrong bytes">();

    private constructor(private readonly server: http.Server) {
        server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
            this.answer(request.url ?? "", response);
        });
    }

    static async start(): Promise<SourceRegistry> {
        const server = http.createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        return new SourceRegistry(server);
    }

    /** Such as `127.0.0.1:40123`. */
    get address(): string {
        return `127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
    }

    /** Adds an image. @param name such as `bci/bci-base:15.7` */
    add(
        name: string,
        {
            architecture = "amd64",
            labels = {},
            layers = [randomBytes(2000), randomBytes(100)],
        }: {
            readonly architecture?: string;
            readonly labels?: Readonly<Record<string, string>>;
            readonly layers?: readonly Buffer[];
        } = {},
    ): MadeImage {
        const config = Buffer.from(JSON.stringify({ architecture, os: "linux", config: { Labels: labels } }));
        const part = (bytes: Buffer, type: string) => {
            this.blobs.set(digestOf(bytes), bytes);
            return {
                mediaType: `application/vnd.oci.image.${type}`,
                size: bytes.length,
                digest: digestOf(bytes),
            };
        };
        // Not as JSON.stringify would lay it out: its bytes are what the digest is of.
        const manifest = `${JSON.stringify(
            {
                schemaVersion: 2,
                mediaType: manifestType,
                config: part(config, "config.v1+json"),
                layers: layers.map((layer) => part(layer, "layer.v1.tar+gzip")),
            },
            undefined,
            3,
        )}\n`;
        return { digest: this.put(name, manifest, manifestType), layers };
    }

    /** Adds what calls itself the manifest of an image. */
    addManifest(name: string, text: string): string {
        return this.put(name, text, manifestType);
    }

    /** Adds a blob. @returns its digest */
    addBlob(text: string): string {
        this.blobs.set(digestOf(text), Buffer.from(text));
        return digestOf(text);
    }

    /** Adds a list for several architectures. */
    addIndex(name: string, images: Readonly<Record<string, MadeImage>>): string {
        const manifests = Object.entries(images).map(([architecture, { digest }]) => ({
            mediaType: manifestType,
            digest,
            size: 1,
            platform: { architecture, os: "linux" },
        }));
        return this.put(
            name,
            JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }),
            indexType,
        );
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        this.server.close();
        await once(this.server, "close");
    }

    private put(name: string, text: string, type: string): string {
        const [path = "", tag = ""] = name.split(":");
        const bytes = Buffer.from(text);
        const digest = digestOf(bytes);
        for (const one of [tag, digest]) {
            this.manifests.set(`/v2/${path}/manifests/${one}`, { bytes, type });
        }
        return digest;
    }

    private answer(path: string, response: http.ServerResponse): void {
        this.requests.push(path);
        const blob = this.blobs.get(path.split("/blobs/")[1] ?? "");
        const found = this.manifests.get(path) ?? (blob && { bytes: blob, type: "application/octet-stream" });
        const [, spoiled] = [...this.spoiled].find(([part]) => path.includes(part)) ?? [];
        if (spoiled === "cut") {
            response.writeHead(200, { "content-length": "1000" });
            response.write("half of it");
            setTimeout(() => response.destroy(), 20);
        } else if (spoiled === "wrong bytes") {
            response.end("something else");
        } else if (spoiled !== undefined || found === undefined) {
            response.writeHead(spoiled ?? 404, { "content-type": "application/json" });
            response.end(
                JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] }),
            );
        } else {
            response.writeHead(200, {
                "content-type": found.type,
                "docker-content-digest": digestOf(found.bytes),
            });
            response.end(found.bytes);
        }
    }
}

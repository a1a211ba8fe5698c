import fs from "node:fs/promises";
import http from "node:http";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { AwsError } from "../front/apiResponse";
import { startRegistry, type RunningRegistry } from "./registryProcess";
import { StoredImages } from "./storedImages";

/** An answer of the registry. */
export interface RegistryAnswer {
    readonly status: number;
    readonly headers: IncomingMessage["headers"];
    readonly body: Buffer;
}

/** A layer that is on its way. */
export interface LayerUpload {
    readonly stored: string;
    /** Where the registry takes its next part. */
    location: string;
    received: number;
    /** Its last part is too small to be followed by another one. */
    endsSmall: boolean;
}

export interface RegistryRequest {
    readonly method: string;
    /** Below `/v2/`, or as the registry itself has named it. */
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer | IncomingMessage;
}

/**
 * The registry behind the local cloud's ECR, which keeps real bytes: started with the first call that needs it, and empty then, unless
 * it is to go on with what is there. It ends with the daemon. Repositories of a region are below its name.
 */
export class LocalRegistry {
    readonly images: StoredImages;
    private readonly folder: string;
    private starting: Promise<RunningRegistry> | undefined;
    private isFresh = true;

    /** @param command path of the registry that is started. @default - one on PATH */
    constructor(
        directory: string,
        private readonly command?: string,
    ) {
        this.folder = path.join(directory, "registry");
        this.images = new StoredImages(this.folder);
    }

    /** Where it listens on this machine. @throws AwsError where it cannot be started */
    async port(): Promise<number> {
        return (await this.running()).port;
    }

    /** Process id of what runs it; undefined while nothing does. */
    async pid(): Promise<number | undefined> {
        return (await this.starting?.catch(() => undefined))?.pid;
    }

    /** Asks the registry, and reads the whole answer. */
    async ask(request: RegistryRequest): Promise<RegistryAnswer> {
        const response = await this.open(request);
        return {
            status: response.statusCode ?? 500,
            headers: response.headers,
            body: await buffer(response),
        };
    }

    /** The same, with the body of the answer still to come. @throws AwsError where the registry is gone in mid-way */
    async open({ method, path: name, headers, body }: RegistryRequest): Promise<IncomingMessage> {
        const port = await this.port();
        return new Promise((resolve, reject) => {
            const at = name.startsWith("/") ? name : `/v2/${name}`;
            const request = http.request({ host: "127.0.0.1", port, method, path: at, headers }, resolve);
            request.on("error", (cause) => {
                const message = `the registry of the local cloud is gone: ${cause.message}`;
                reject(new AwsError("ServerException", message, 500));
            });
            if (body === undefined || Buffer.isBuffer(body)) {
                request.end(body);
            } else {
                body.pipe(request);
            }
        });
    }

    /** Whether what is in its folder belongs to this local cloud. */
    keep(): boolean {
        return !this.isFresh;
    }

    bringBack(isKept: boolean): void {
        this.isFresh = !isKept;
    }

    /** Forgets all images. */
    async clear(): Promise<void> {
        const running = await this.starting?.catch(() => undefined);
        running?.stop();
        this.starting = undefined;
        this.isFresh = true;
    }

    close(): void {
        void this.starting?.then(
            (running) => running.stop(),
            () => undefined,
        );
    }

    private async running(): Promise<RunningRegistry> {
        const asked = this.starting;
        const known = await asked?.catch(() => undefined);
        if (known !== undefined && !known.hasEnded()) {
            return known;
        }
        // Somebody else may have started it meanwhile.
        if (this.starting === asked) {
            this.starting = this.start();
        }
        return this.starting ?? this.start();
    }

    /** One that has ended comes back with what it had. */
    private async start(): Promise<RunningRegistry> {
        if (this.isFresh) {
            this.isFresh = false;
            await fs.rm(this.folder, { recursive: true, force: true });
        }
        return startRegistry(this.folder, process.env["PATH"] ?? "", this.command);
    }
}

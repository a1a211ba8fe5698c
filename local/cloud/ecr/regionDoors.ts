import http from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { once } from "node:events";
import type net from "node:net";
import { createHash, randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Cloud, RegistryDoors } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { repositoryOf, requireFreeTag } from "./repositories";

/** "The authorization token is valid for 12 hours" (API reference of Amazon ECR, GetAuthorizationToken). */
const tokenSeconds = 12 * 60 * 60;
/** Of whoever has such a token. Source: Amazon ECR user guide, "Private registry authentication" */
const username = "AWS";

/**
 * The registry as docker sees it: one address a region on this machine, in place of ECR's
 * `<account>.dkr.ecr.<region>.amazonaws.com`. It asks for the token of GetAuthorizationToken, knows the region's repositories alone,
 * and lets no tag of an immutable one change hands.
 */
export class RegionDoors implements RegistryDoors {
    private readonly servers = new Map<string, Promise<Server>>();

    constructor(private readonly cloud: () => Cloud) {}

    async endpoint(region: string): Promise<string> {
        return `http://${await this.host(region)}`;
    }

    async access(region: string): ReturnType<RegistryDoors["access"]> {
        const password = randomUUID();
        const expiresAt = Math.floor(Date.now() / 1000) + tokenSeconds;
        this.cloud().registryTokens.set(password, expiresAt);
        return { host: await this.host(region), username, password, expiresAt };
    }

    close(): void {
        for (const opening of this.servers.values()) {
            void opening.then((server) => {
                server.close();
                server.closeAllConnections();
            });
        }
        this.servers.clear();
    }

    private async host(region: string): Promise<string> {
        const server = await (this.servers.get(region) ?? this.open(region));
        return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    }

    private open(region: string): Promise<Server> {
        const server = http.createServer((incoming, outgoing) => {
            this.answer(region, incoming, outgoing).catch((error: unknown) => {
                incoming.resume();
                refuse(outgoing, error, this.cloud().report);
            });
        });
        const opening = once(server.listen(0, "127.0.0.1"), "listening").then(() => server);
        this.servers.set(region, opening);
        return opening;
    }

    private async answer(region: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const cloud = this.cloud();
        requireToken(cloud, incoming.headers.authorization);
        const url = new URL(incoming.url ?? "/", "http://registry");
        if (/^\/v2\/?$/.test(url.pathname)) {
            outgoing.writeHead(200, { "docker-distribution-api-version": "registry/2.0" }).end();
            return;
        }
        const [, name = "", kind = "", reference = ""] =
            /^\/v2\/(.+?)\/(manifests|blobs|tags)\/(.*)$/.exec(url.pathname) ?? [];
        const asked = await repositoryOf(cloud, region, name);
        // A layer of another repository is uploaded again: its name here is not its name there.
        url.searchParams.delete("mount");
        url.searchParams.delete("from");
        const path = `${asked.stored}/${kind}/${reference}${url.search}`;
        const headers = headersOf(incoming);
        const method = incoming.method ?? "GET";
        if (kind !== "manifests" || method !== "PUT") {
            return this.pass(
                region,
                await cloud.registry.open({ method, path, headers, body: incoming }),
                outgoing,
            );
        }
        const body = await buffer(incoming);
        const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
        await cloud.locks.run(`ecr ${asked.stored}`, async () => {
            await requireFreeTag(asked, digest, reference.includes(":") ? undefined : reference).catch(
                unlessSame,
            );
            await this.pass(region, await cloud.registry.open({ method, path, headers, body }), outgoing);
        });
    }

    private async pass(region: string, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const { location } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, {
            ...answer.headers,
            ...(location !== undefined && { location: location.replace(`/v2/${region}/`, "/v2/") }),
        });
        await pipeline(answer, outgoing);
    }
}

/** docker pushes what is there already without a word. */
function unlessSame(error: unknown): void {
    if (!(error instanceof AwsError && error.code === "ImageAlreadyExistsException")) {
        throw error;
    }
}

function headersOf({
    headers: { authorization: _, host: __, ...headers },
}: IncomingMessage): Record<string, string> {
    return Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            typeof value === "string" ? [[name, value]] : [],
        ),
    );
}

/** @throws AwsError */
function requireToken({ registryTokens }: Cloud, authorization = ""): void {
    const [user, password = ""] = Buffer.from(authorization.replace(/^Basic /, ""), "base64")
        .toString("utf8")
        .split(":");
    const expiresAt = registryTokens.get(password);
    if (user !== username || expiresAt === undefined) {
        throw new AwsError("UNAUTHORIZED", "no basic auth credentials", 401);
    }
    if (expiresAt * 1000 <= Date.now()) {
        throw new AwsError(
            "DENIED",
            "Your authorization token has expired. Reauthenticate and try again.",
            403,
        );
    }
}

/** An error as registries answer it (OCI distribution specification, "Error Codes"). */
function refuse(outgoing: ServerResponse, error: unknown, report: (error: unknown) => void): void {
    if (outgoing.headersSent) {
        outgoing.destroy();
        return;
    }
    const name = error instanceof Error ? error.name : "";
    const message = error instanceof Error ? error.message : String(error);
    const [status, code] =
        codes[name] ?? (error instanceof AwsError ? [error.status, error.code] : [500, "UNKNOWN"]);
    if (status === 500) {
        report(error);
    }
    const headers = {
        "content-type": "application/json",
        "docker-distribution-api-version": "registry/2.0",
        ...(status === 401 && {
            "www-authenticate": 'Basic realm="the local cloud",service="ecr.amazonaws.com"',
        }),
    };
    outgoing.writeHead(status, headers).end(JSON.stringify({ errors: [{ code, message }] }));
}

const codes: Readonly<Record<string, readonly [status: number, code: string]>> = {
    RepositoryNotFoundException: [404, "NAME_UNKNOWN"],
    ImageTagAlreadyExistsException: [400, "TAG_INVALID"],
};

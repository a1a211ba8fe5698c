import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { ApiRequest } from "./apiRequest";
import type { ApiResponse } from "./apiResponse";

/** Headers that belong to one connection and are never passed on. Source: RFC 9110, section 7.6.1. */
const hopHeaders = new Set([
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "upgrade",
    "proxy-connection",
]);

/** Passes requests to moto. */
export class Forwarder {
    private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

    constructor(private readonly motoPort: number) {}

    /** Passes a request on and reads the whole response. */
    async buffered(request: ApiRequest): Promise<ApiResponse> {
        const response = await this.send(request, request.body ?? Buffer.alloc(0));
        const body = await buffer(response);
        return {
            status: response.statusCode ?? 500,
            headers: { ...endToEnd(response.headers), "content-length": body.length },
            body,
        };
    }

    /** Passes a request on, both bodies streamed. Gives the status of the response. */
    async streamed(
        request: ApiRequest,
        incoming: IncomingMessage,
        outgoing: ServerResponse,
    ): Promise<number> {
        const upstream = await this.send(request, incoming);
        outgoing.writeHead(upstream.statusCode ?? 500, endToEnd(upstream.headers));
        await pipeline(upstream, outgoing);
        return upstream.statusCode ?? 500;
    }

    close(): void {
        this.agent.destroy();
    }

    private send(request: ApiRequest, body: Buffer | IncomingMessage): Promise<IncomingMessage> {
        return new Promise((resolve, reject) => {
            const headers = endToEnd(request.headers);
            if (Buffer.isBuffer(body)) {
                headers["content-length"] = String(body.length);
            }
            const { agent, motoPort: port } = this;
            const upstream = http.request(
                { host: "127.0.0.1", port, agent, method: request.method, path: request.path, headers },
                resolve,
            );
            upstream.on("error", reject);
            if (Buffer.isBuffer(body)) {
                upstream.end(body);
            } else {
                pipeline(body, upstream).catch(reject);
            }
        });
    }
}

function endToEnd(headers: IncomingMessage["headers"]): Record<string, string | string[]> {
    const kept: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined && !hopHeaders.has(name)) {
            kept[name] = value;
        }
    }
    return kept;
}

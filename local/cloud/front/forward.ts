import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./answer";
import type { Call } from "./call";

/** Headers that belong to one connection and are never passed on. Source: RFC 9110, section 7.6.1. */
const hopHeaders = new Set([
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "upgrade",
    "proxy-connection",
]);

/** Passes calls to moto. */
export class Forwarder {
    private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

    constructor(private readonly motoPort: number) {}

    /** Passes a call on and reads the whole answer. */
    async buffered(call: Call): Promise<Answer> {
        const response = await this.request(call, call.body ?? Buffer.alloc(0));
        const chunks: Buffer[] = [];
        for await (const chunk of response as AsyncIterable<Buffer>) {
            chunks.push(chunk);
        }
        const body = Buffer.concat(chunks);
        return {
            status: response.statusCode ?? 500,
            headers: { ...endToEnd(response.headers), "content-length": body.length },
            body,
        };
    }

    /** Passes a call on, body and answer streamed. Gives the status of the answer. */
    async streamed(call: Call, request: IncomingMessage, response: ServerResponse): Promise<number> {
        const upstream = await this.request(call, request);
        response.writeHead(upstream.statusCode ?? 500, endToEnd(upstream.headers));
        await pipeline(upstream, response);
        return upstream.statusCode ?? 500;
    }

    close(): void {
        this.agent.destroy();
    }

    private request(call: Call, body: Buffer | IncomingMessage): Promise<IncomingMessage> {
        return new Promise((resolve, reject) => {
            const headers = endToEnd(call.headers);
            if (Buffer.isBuffer(body)) {
                headers["content-length"] = String(body.length);
            }
            const { agent, motoPort: port } = this;
            const upstream = http.request(
                { host: "127.0.0.1", port, agent, method: call.method, path: call.path, headers },
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

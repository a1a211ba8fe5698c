import http from "node:http";
import https from "node:https";

import { wayTo, type Proxies, type Proxy } from "../components/model/proxy/proxyVariables";
import { isGarbled, ProxyFailure, troubleOf } from "./proxyFailure";

interface Question {
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
}

/** What came, as far as the end of its head. */
export interface Answer {
    readonly status: number;
    readonly contentType: string;
    readonly body: AsyncIterable<Uint8Array>;
}

/** As many as `fetch` follows (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
const mostRedirects = 20;

/**
 * Gets what is at an address, by the proxy that is for it.
 * @param wantsPage a page is what is asked for, so that one is no sign of a proxy that answers itself
 * @throws ProxyFailure; what Node's `fetch` or its requests throw
 */
export async function fetchOut(
    url: string,
    question: Question,
    proxies: Proxies,
    wantsPage = false,
): Promise<Answer> {
    let address = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
        const { proxy } = wayTo(address, proxies);
        if (proxy === undefined) {
            return await directly(address, question);
        }
        const response = await by(proxy, address, question, proxies);
        const { location } = response.headers;
        const status = response.statusCode ?? 0;
        if (status < 300 || status > 399 || location === undefined) {
            return read(response, proxy, address, wantsPage);
        }
        response.resume();
        address = new URL(location, address).href;
    }
    throw new Error(`${url} leads from one address to another without an end`);
}

async function directly(address: string, question: Question): Promise<Answer> {
    const { status, headers, body } = await fetch(address, question);
    const nothing: Uint8Array[] = [];
    return {
        status,
        contentType: headers.get("content-type") ?? "",
        body: (body ?? nothing) as AsyncIterable<Uint8Array>,
    };
}

async function by(
    proxy: Proxy,
    address: string,
    { headers, signal }: Question,
    proxies: Proxies,
): Promise<http.IncomingMessage> {
    const { ProxyingAgent } = await import("./tunnels");
    const direct = { http: http.globalAgent, https: https.globalAgent };
    const agent = new ProxyingAgent(proxies, direct);
    const { request } = address.startsWith("https:") ? https : http;
    return new Promise((resolve, reject) => {
        request(address, { agent, headers: { ...headers, connection: "close" }, signal })
            .on("response", resolve)
            .on("error", (error: NodeJS.ErrnoException) => {
                const { host } = new URL(address);
                reject(
                    isGarbled(error)
                        ? new ProxyFailure({ proxy, host, trouble: "page", seen: error.code ?? "" })
                        : error,
                );
            })
            .end();
    });
}

function read(response: http.IncomingMessage, proxy: Proxy, address: string, wantsPage: boolean): Answer {
    const status = response.statusCode ?? 0;
    const contentType = response.headers["content-type"] ?? "";
    const trouble = troubleOf({ status, contentType: wantsPage && status < 300 ? "" : contentType });
    if (trouble !== undefined) {
        response.destroy();
        const { host } = new URL(address);
        throw new ProxyFailure({ proxy, host, trouble, seen: `HTTP ${status}, ${contentType}` });
    }
    return { status, contentType, body: response as AsyncIterable<Uint8Array> };
}

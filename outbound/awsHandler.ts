import http from "node:http";
import https from "node:https";

import { NodeHttpHandler } from "@smithy/node-http-handler";

import { wayTo, type Proxies, type Proxy } from "../components/model/proxy/proxyVariables";
import { isGarbled, ProxyFailure, troubleOf } from "./proxyFailure";
import { ProxyingAgent } from "./tunnels";

interface ProxyingHandlerOptions {
    readonly proxies: Proxies;
    /** The only authorities that are trusted. @default - those of Node.js */
    readonly ca?: string;
    /** @default - as the AWS SDK has them */
    readonly connectionTimeout?: number;
    readonly requestTimeout?: number;
}

type Handle = NodeHttpHandler["handle"];

/** Sends the requests of AWS SDK clients by the proxies of this machine; for those that the SDK makes by itself as well. */
export class ProxyingHandler extends NodeHttpHandler {
    private readonly proxies: Proxies;
    /** Why the last request got no further than its proxy; what the SDK makes of it may not tell any more. */
    failure: ProxyFailure | undefined;

    constructor({ proxies, ca, connectionTimeout, requestTimeout }: ProxyingHandlerOptions) {
        const direct = {
            http: new http.Agent({ keepAlive: true }),
            https: new https.Agent({ keepAlive: true, ca }),
        };
        const agent = new ProxyingAgent(proxies, direct, ca);
        super({ connectionTimeout, requestTimeout, httpAgent: agent, httpsAgent: agent as never });
        this.proxies = proxies;
    }

    override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
        const { protocol, hostname, port } = request;
        const { proxy } = wayTo(
            `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`,
            this.proxies,
        );
        if (proxy === undefined) {
            return super.handle(request, options);
        }
        try {
            const answer = await super.handle(request, options);
            requireAnswer(answer.response, proxy, hostname);
            this.failure = undefined;
            return answer;
        } catch (error) {
            this.failure = asFailure(error, proxy, hostname);
            throw this.failure ?? error;
        }
    }
}

/** Who answers in place of AWS answers with a page. */
function requireAnswer(response: Awaited<ReturnType<Handle>>["response"], proxy: Proxy, host: string): void {
    const contentType = response.headers["content-type"] ?? "";
    const trouble = troubleOf({ status: response.statusCode, contentType });
    if (trouble !== undefined) {
        (response.body as { destroy?(): void } | undefined)?.destroy?.();
        const seen = `HTTP ${response.statusCode}${contentType === "" ? "" : `, ${contentType}`}`;
        throw new ProxyFailure({ proxy, host, trouble, seen });
    }
}

function asFailure(error: unknown, proxy: Proxy, host: string): ProxyFailure | undefined {
    if (error instanceof ProxyFailure) {
        return error;
    }
    const { code } = error as { readonly code?: string };
    return isGarbled({ code })
        ? new ProxyFailure({ proxy, host, trouble: "page", seen: `what came is no TLS (${code})` })
        : undefined;
}

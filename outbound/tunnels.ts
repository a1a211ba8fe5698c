import type { Agent as HttpAgent, ClientRequest, IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";

import { Agent, type AgentConnectOpts } from "agent-base";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";

import { wayTo, type Proxies, type Proxy } from "../components/model/proxy/proxyVariables";
import { ProxyFailure, troubleByStatus } from "./proxyFailure";

/** Shorter than the AWS SDK waits for a connection, so that the proxy is named and not AWS. */
const connectMilliseconds = 4_500;
/** As many as the AWS SDK opens by itself. */
const maxSockets = 50;

const reuse = { keepAlive: true, maxSockets } as const;

/** What both libraries' agents have: their way to the proxy, which may end early. */
interface Connecting {
    connectOpts: object;
}

/** Connects by a proxy, and says of the proxy what went wrong there. */
async function connectBy<Connection extends Socket>(
    proxy: Proxy,
    host: string,
    agent: Connecting,
    connect: () => Promise<Connection>,
): Promise<Connection> {
    const given = agent.connectOpts;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), connectMilliseconds);
    // The library opens the connection before it waits for anything.
    agent.connectOpts = { ...given, signal: patience.signal };
    const opened = connect();
    agent.connectOpts = given;
    try {
        return await opened;
    } catch (error) {
        const seen = patience.signal.aborted
            ? `no answer within ${connectMilliseconds / 1000} s`
            : (error as Error).message;
        throw error instanceof ProxyFailure
            ? error
            : new ProxyFailure({ proxy, host, trouble: "unreachable", seen, cause: error });
    } finally {
        clearTimeout(timer);
    }
}

/** The head of what a proxy answers to a call for a tunnel. */
interface ProxyHead {
    readonly statusCode: number;
    readonly headers: IncomingHttpHeaders;
}

/** For `https:`, through a tunnel that the proxy opens. */
class Tunnel extends HttpsProxyAgent<string> {
    constructor(private readonly named: Proxy) {
        super(named.url, reuse);
    }

    override connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
        const host = options.host ?? "";
        return connectBy(this.named, host, this, async () => {
            let head: ProxyHead = { statusCode: 0, headers: {} };
            request.once("proxyConnect", (answer: ProxyHead) => (head = answer));
            const socket = await super.connect(request, options);
            const { statusCode: status, headers } = head;
            // A tunnel that is opened has no content (RFC 9110, section 9.3.6).
            if (status === 200 && headers["content-type"] === undefined) {
                return socket;
            }
            socket.destroy();
            const seen = `HTTP ${status}`;
            throw new ProxyFailure({ proxy: this.named, host, trouble: troubleByStatus(status), seen });
        });
    }
}

/** For `http:`, where the proxy gets the whole address. */
class Relay extends HttpProxyAgent<string> {
    constructor(private readonly named: Proxy) {
        super(named.url, reuse);
    }

    override connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
        return connectBy(this.named, options.host ?? "", this, () =>
            super.connect(request as never, options),
        );
    }
}

/** Sends each request the way that the proxies of this machine prescribe for its address. */
export class ProxyingAgent extends Agent {
    private readonly byProxy = new Map<string, HttpAgent>();

    /**
     * @param direct for what no proxy is for
     * @param ca the only authorities that are trusted at the other end of a tunnel; those of Node.js unless given
     */
    constructor(
        private readonly proxies: Proxies,
        private readonly direct: { readonly http: HttpAgent; readonly https: HttpAgent },
        ca?: string,
    ) {
        super(reuse);
        // Node hands them on to the tunnel, with all that belongs to a request.
        this.options = { ...this.options, ca };
    }

    /** At once: what goes to a proxy for `http:` is another head, which has to be known before a body is written. */
    addRequest(request: ClientRequest, given: AgentConnectOpts): void {
        const secureEndpoint = this.isSecureEndpoint(given);
        const options = { ...given, ...this.options, secureEndpoint };
        const { host = "", port } = options;
        const scheme = secureEndpoint ? "https" : "http";
        const name = host.includes(":") ? `[${host}]` : host;
        const { proxy } = wayTo(`${scheme}://${name}:${port}`, this.proxies);
        const agent = proxy === undefined ? this.direct[scheme] : this.agentOf(proxy, scheme);
        (agent as HttpAgent & Pick<ProxyingAgent, "addRequest">).addRequest(request, options);
    }

    override connect(): never {
        throw new TypeError("requests are handed on before they are connected");
    }

    override destroy(): void {
        for (const agent of [...this.byProxy.values(), this.direct.http, this.direct.https]) {
            agent.destroy();
        }
        super.destroy();
    }

    private agentOf(proxy: Proxy, scheme: "http" | "https"): HttpAgent {
        const key = `${scheme} ${proxy.url}`;
        const agent = this.byProxy.get(key) ?? (scheme === "https" ? new Tunnel(proxy) : new Relay(proxy));
        this.byProxy.set(key, agent);
        return agent;
    }
}

import http from "node:http";
import net, { type AddressInfo } from "node:net";

/** How a proxy behaves. */
export interface ProxyManner {
    /** `name:password`, without which it answers 407. @default - it asks nobody */
    readonly credentials?: string;
    /** Answers itself with this status, to everybody. */
    readonly status?: number;
    /** Answers itself with this page. @default - one that says no, where it answers itself */
    readonly page?: string;
    /** Takes connections and says nothing. */
    readonly silent?: boolean;
    /** Opens tunnels, and then speaks itself instead of who was asked for. */
    readonly impostor?: boolean;
    /** Names that only the proxy knows, with `host:port` of whoever they belong to. */
    readonly names?: Readonly<Record<string, string>>;
}

export interface RunningProxy {
    /** `host:port`. */
    readonly address: string;
    readonly url: string;
    /** Everything that it was asked, as `GET http://host/path` and `CONNECT host:port`. */
    readonly requests: string[];
    /** How many connections it has taken. */
    readonly connections: number;
    manner: ProxyManner;
    stop(): Promise<void>;
}

/** Starts a proxy on loopback: it relays whole addresses and opens tunnels (RFC 9110, sections 7.6 and 9.3.6). */
export async function startProxy(manner: ProxyManner = {}): Promise<RunningProxy> {
    const requests: string[] = [];
    const sockets = new Set<net.Socket>();
    let connections = 0;
    const server = http.createServer((request, response) => {
        requests.push(`${request.method} ${request.url}`);
        const refusal = refusalOf(proxy.manner, request);
        if (proxy.manner.silent === true) {
            return;
        }
        if (refusal !== undefined) {
            response.writeHead(refusal.status, refusal.headers).end(refusal.page);
            return;
        }
        relay(request, response, proxy.manner);
    });
    server.on("connection", (socket) => {
        sockets.add(socket);
        connections += 1;
        socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    });
    server.on("connect", (request, socket: net.Socket) => {
        requests.push(`CONNECT ${request.url}`);
        const refusal = refusalOf(proxy.manner, request);
        if (proxy.manner.silent === true) {
            return;
        }
        if (refusal !== undefined) {
            const headers = Object.entries(refusal.headers).map(([name, value]) => `${name}: ${value}\r\n`);
            socket.end(`HTTP/1.1 ${refusal.status} No\r\n${headers.join("")}\r\n${refusal.page}`);
            return;
        }
        tunnel(request.url ?? "", socket, proxy.manner);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy: RunningProxy = {
        address,
        url: `http://${address}`,
        requests,
        get connections() {
            return connections;
        },
        manner,
        stop: async () => {
            for (const socket of sockets) {
                socket.destroy();
            }
            await new Promise((resolve) => server.close(resolve));
        },
    };
    return proxy;
}

interface Refusal {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly page: string;
}

function refusalOf(manner: ProxyManner, { headers }: http.IncomingMessage): Refusal | undefined {
    const { credentials, status, page = "<html><body>The proxy says no</body></html>" } = manner;
    const html = { "content-type": "text/html; charset=utf-8", connection: "close" };
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected !== undefined && headers["proxy-authorization"] !== expected) {
        return { status: 407, headers: { ...html, "proxy-authenticate": "Basic" }, page };
    }
    return status === undefined ? undefined : { status, headers: html, page };
}

/** Where a name leads, for the proxy. */
function resolve(host: string, port: string, { names = {} }: ProxyManner): { host: string; port: number } {
    const [known = host, knownPort = port] = names[host]?.split(":") ?? [];
    return { host: known, port: Number(knownPort) };
}

function relay(request: http.IncomingMessage, response: http.ServerResponse, manner: ProxyManner): void {
    const url = new URL(request.url ?? "");
    const { host, port } = resolve(url.hostname, url.port || "80", manner);
    const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !name.startsWith("proxy-")),
    );
    const options = { host, port, method: request.method, path: `${url.pathname}${url.search}`, headers };
    const upstream = http.request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
    });
    upstream.on("error", () => {
        if (response.headersSent) {
            response.destroy();
        } else {
            response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad Gateway</html>");
        }
    });
    request.pipe(upstream);
}

function tunnel(target: string, socket: net.Socket, manner: ProxyManner): void {
    if (manner.impostor === true) {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.once("data", () =>
            socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Sign in</html>"),
        );
        return;
    }
    const [, name = "", port = ""] = /^(.*):(\d+)$/.exec(target) ?? [];
    const upstream = net.connect(resolve(name, port, manner), () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket);
        socket.pipe(upstream);
    });
    upstream.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"));
    socket.on("error", () => upstream.destroy());
}

import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** The public port, bound before anything answers behind it. */
export interface FrontServer {
    readonly port: number;
    /** From now on requests go there; before, they are told to come back. */
    serve(handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void;
    /** From now on connections below a path that want another protocol go there; all others are requests as any. */
    serveUpgrades(path: string, handler: OnUpgrade): void;
    close(): Promise<void>;
}

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const starting = (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(503, { "retry-after": "1" });
    response.end("the local cloud is starting");
    return Promise.resolve();
};

/**
 * Listens on 127.0.0.1.
 * @param port 0 for a free one
 * @throws Error when the port is taken
 */
export function listen(port: number, report: (error: unknown) => void): Promise<FrontServer> {
    let handle = starting;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
        handle(request, response).catch((error: unknown) => {
            report(error);
            response.destroy();
        });
    };
    const server = http.createServer(answer);
    const upgrades = new Map<string, OnUpgrade>();
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
        const path = [...upgrades.keys()].find((one) => request.url?.startsWith(one) === true);
        if (path !== undefined) {
            upgrades.get(path)?.(request, socket, head);
            return;
        }
        const response = new http.ServerResponse(request);
        response.shouldKeepAlive = false;
        response.assignSocket(socket);
        response.on("finish", () => socket.end());
        answer(request, response);
    });
    // Clients keep connections for later calls, also through a long pause of a person.
    server.keepAliveTimeout = 75_000;
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            reject(error.code === "EADDRINUSE" ? new PortTakenError(port, error) : error);
        });
        server.listen(port, "127.0.0.1", () => {
            const address = server.address();
            resolve({
                port: typeof address === "object" && address !== null ? address.port : port,
                serve: (handler) => {
                    handle = handler;
                },
                serveUpgrades: (path, handler) => {
                    upgrades.set(path, handler);
                },
                close: () =>
                    new Promise((closed) => {
                        server.close(() => {
                            closed();
                        });
                        server.closeAllConnections();
                    }),
            });
        });
    });
}

/** Somebody listens on the wanted port already. */
export class PortTakenError extends Error {
    constructor(port: number, cause: unknown) {
        super(`port ${port} is taken: another program listens on 127.0.0.1:${port}, expected a free port`, {
            cause,
        });
        this.name = "PortTakenError";
    }
}

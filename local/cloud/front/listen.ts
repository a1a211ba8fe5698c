import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The public port, bound before anything answers behind it. */
export interface FrontServer {
    readonly port: number;
    /** From now on requests go there; before, they are told to come back. */
    serve(handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void;
    close(): Promise<void>;
}

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
    const server = http.createServer((request, response) => {
        handle(request, response).catch((error: unknown) => {
            report(error);
            response.destroy();
        });
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

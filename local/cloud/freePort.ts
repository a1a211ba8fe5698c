import net from "node:net";

/** A TCP port on 127.0.0.1 that nobody listens on right now. */
export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = net.createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() => {
                if (typeof address === "object" && address !== null) {
                    resolve(address.port);
                } else {
                    reject(new Error("no free port on 127.0.0.1"));
                }
            });
        });
    });
}

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Cloud } from "../cloud";
import { ContainerSession } from "./containerSession";

/** Below the path of the local cloud's own requests. */
export const sessionsPath = "/_local/sessions/";

/** Takes up sessions that were given out, each once. What asks for another one, or comes from a page in a browser, is hung up on. */
export function serveSessions(
    cloud: Pick<Cloud, "waitingSessions" | "sessions" | "report">,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
    const server = new WebSocketServer({ noServer: true });
    return (request, socket, head) => {
        const id = (request.url ?? "").split("?")[0]?.slice(sessionsPath.length) ?? "";
        const waiting = cloud.waitingSessions.get(id);
        if (waiting === undefined || request.headers.origin !== undefined) {
            socket.destroy();
            return;
        }
        cloud.waitingSessions.delete(id);
        server.handleUpgrade(request, socket, head, (webSocket) => {
            new ContainerSession(id, webSocket, waiting, cloud.report).serve(() => {
                cloud.sessions.delete(id);
            });
        });
    };
}

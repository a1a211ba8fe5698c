import { WebSocket } from "ws";

import { payloadTypes, readMessage, writeMessage } from "../../local/cloud/sessions/agentMessage";

/** What AWS answers when a session begins. */
export interface Session {
    readonly SessionId: string;
    readonly StreamUrl: string;
    readonly TokenValue: string;
}

/** What the plugin does with a session: sends its token and what is typed, and shows what comes, until the other side ends it. */
export async function takeUp({ StreamUrl, TokenValue }: Session, typed: string): Promise<string> {
    const socket = new WebSocket(StreamUrl);
    let shown = "";
    await new Promise<void>((resolve, reject) => {
        socket.on("open", () => {
            socket.send(JSON.stringify({ MessageSchemaVersion: "1.0", TokenValue }));
            const size = Buffer.from(JSON.stringify({ cols: 100, rows: 30 }));
            const input = (sequence: number, payloadType: number, payload: Buffer): Buffer =>
                writeMessage({ type: "input_stream_data", sequence, payloadType, payload });
            setTimeout(() => {
                socket.send(input(0, payloadTypes.size, size));
                socket.send(input(1, payloadTypes.output, Buffer.from(typed)));
                // Sent twice, as a client does whose acknowledgement is late.
                socket.send(input(1, payloadTypes.output, Buffer.from(typed)));
            }, 500);
        });
        socket.on("message", (data: Buffer) => {
            const { type, payload } = readMessage(data);
            shown += type === "output_stream_data" ? payload.toString("utf8") : "";
        });
        socket.on("close", () => {
            resolve();
        });
        socket.on("error", reject);
    });
    return shown;
}

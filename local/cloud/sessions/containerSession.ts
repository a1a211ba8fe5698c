import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { payloadTypes, readMessage, writeMessage } from "./agentMessage";

/** A command that runs in a container, with its terminal. */
export interface ExecStream {
    readonly stream: Duplex;
    resize(columns: number, rows: number): Promise<void>;
}

/** A session that was given out, and not taken up yet. */
export interface WaitingSession {
    readonly token: string;
    /** Begins the command. */
    readonly open: () => Promise<ExecStream>;
}

/** Speaks with the Session Manager plugin over a websocket, as the agent in a container does. */
export class ContainerSession {
    private sequence = 0;
    private expected = 0;
    private exec: ExecStream | undefined;

    constructor(
        private readonly id: string,
        private readonly socket: WebSocket,
        private readonly waiting: WaitingSession,
        private readonly report: (error: unknown) => void,
    ) {}

    /** @param ended called once, when the session is over */
    serve(ended: () => void): void {
        this.socket.on("message", (data, isBinary) => {
            (isBinary ? this.take(bufferOf(data)) : this.open(bufferOf(data))).catch((error: unknown) => {
                this.report(error);
                this.socket.close();
            });
        });
        this.socket.on("error", this.report);
        this.socket.on("close", () => {
            this.exec?.stream.end();
            ended();
        });
    }

    /** The first message is text, and has the token of the session. */
    private async open(text: Buffer): Promise<void> {
        const { TokenValue: token } = JSON.parse(text.toString("utf8")) as { readonly TokenValue?: string };
        if (token !== this.waiting.token || this.exec !== undefined) {
            throw new Error(`session ${this.id}: somebody came without its token, or twice`);
        }
        this.exec = await this.waiting.open();
        const { stream } = this.exec;
        stream.on("data", (chunk: Buffer) => {
            this.send("output_stream_data", payloadTypes.output, chunk);
        });
        stream.on("error", this.report);
        stream.on("close", () => {
            this.close();
        });
        stream.on("end", () => {
            this.close();
        });
    }

    private async take(bytes: Buffer): Promise<void> {
        const { type, id, sequence, payloadType, payload } = readMessage(bytes);
        if (type !== "input_stream_data") {
            return;
        }
        this.acknowledge(type, id, sequence);
        // What was sent again has been taken already.
        if (sequence < this.expected) {
            return;
        }
        this.expected = sequence + 1;
        if (payloadType === payloadTypes.output) {
            this.exec?.stream.write(payload);
        } else if (payloadType === payloadTypes.size) {
            const { cols, rows } = JSON.parse(payload.toString("utf8")) as { cols?: number; rows?: number };
            await this.exec?.resize(cols ?? 80, rows ?? 24);
        }
    }

    private acknowledge(type: string, id: string, sequence: number): void {
        const content = {
            AcknowledgedMessageType: type,
            AcknowledgedMessageId: id,
            AcknowledgedMessageSequenceNumber: sequence,
            IsSequentialMessage: true,
        };
        const payload = Buffer.from(JSON.stringify(content));
        const message = { type: "acknowledge", sequence: 0, payloadType: payloadTypes.none, payload };
        this.socket.send(writeMessage(message, first | last));
    }

    private send(type: string, payloadType: number, payload: Buffer): void {
        const message = { type, sequence: this.sequence, payloadType, payload };
        this.sequence += 1;
        this.socket.send(writeMessage(message));
    }

    private close(): void {
        if (this.socket.readyState !== this.socket.OPEN) {
            return;
        }
        const content = { MessageType: "channel_closed", SessionId: this.id, SchemaVersion: 1, Output: "" };
        this.send("channel_closed", payloadTypes.none, Buffer.from(JSON.stringify(content)));
        this.socket.close();
    }
}

/** Flags of a message. */
const first = 1;
const last = 2;

function bufferOf(data: RawData): Buffer {
    return Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
}

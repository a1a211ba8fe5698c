import { createHash, randomUUID } from "node:crypto";

/**
 * A message of a session's data channel, between the Session Manager plugin and the agent.
 * Source: https://github.com/aws/session-manager-plugin, src/message (the form of AgentMessage)
 */
export interface AgentMessage {
    /** `input_stream_data`, `output_stream_data`, `acknowledge` or `channel_closed`. */
    readonly type: string;
    readonly id: string;
    readonly sequence: number;
    readonly payloadType: number;
    readonly payload: Buffer;
}

/** What a payload is. */
export const payloadTypes = { none: 0, output: 1, size: 3 } as const;

/** Where each part of a message begins, in bytes. */
const at = {
    type: 4,
    schema: 36,
    createdAt: 40,
    sequence: 48,
    flags: 56,
    id: 64,
    digest: 80,
    payloadType: 112,
    payloadLength: 116,
    payload: 120,
} as const;
const typeLength = at.schema - at.type;
const schemaVersion = 1;

/** @throws Error where it is too short for one */
export function readMessage(bytes: Buffer): AgentMessage {
    if (bytes.length < at.payload) {
        throw new Error(`got ${bytes.length} bytes, expected a message of ${at.payload} or more`);
    }
    const length = bytes.readUInt32BE(at.payloadLength);
    return {
        type: bytes.toString("utf8", at.type, at.type + typeLength).replace(/[\0 ]+$/, ""),
        id: readId(bytes.subarray(at.id, at.digest)),
        sequence: Number(bytes.readBigInt64BE(at.sequence)),
        payloadType: bytes.readUInt32BE(at.payloadType),
        payload: bytes.subarray(at.payload, at.payload + length),
    };
}

/** @param flags 3 for what is the first and the last of its kind, as an acknowledgement */
export function writeMessage(
    message: Pick<AgentMessage, "type" | "sequence" | "payloadType" | "payload">,
    flags = 0,
): Buffer {
    const { type, sequence, payloadType, payload } = message;
    const bytes = Buffer.alloc(at.payload + payload.length);
    bytes.writeUInt32BE(at.payloadLength, 0);
    bytes.write(type.padEnd(typeLength, " "), at.type, "utf8");
    bytes.writeUInt32BE(schemaVersion, at.schema);
    bytes.writeBigUInt64BE(BigInt(Date.now()), at.createdAt);
    bytes.writeBigInt64BE(BigInt(sequence), at.sequence);
    bytes.writeBigUInt64BE(BigInt(flags), at.flags);
    writeId(randomUUID()).copy(bytes, at.id);
    createHash("sha256").update(payload).digest().copy(bytes, at.digest);
    bytes.writeUInt32BE(payloadType, at.payloadType);
    bytes.writeUInt32BE(payload.length, at.payloadLength);
    payload.copy(bytes, at.payload);
    return bytes;
}

/** The two halves of an id are written in the other order. */
function readId(bytes: Buffer): string {
    const hex = Buffer.concat([bytes.subarray(8), bytes.subarray(0, 8)]).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function writeId(id: string): Buffer {
    const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
    return Buffer.concat([bytes.subarray(8), bytes.subarray(0, 8)]);
}

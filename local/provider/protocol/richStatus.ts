import { BinaryWriter } from "google-protobuf";
import type { Any } from "google-protobuf/google/protobuf/any_pb";

/**
 * A `google.rpc.Status` message (field 1 code, 2 message, 3 details), by which gRPC carries more than text.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto
 */
export function richStatus(code: number, message: string, detail: Any): Buffer {
    const writer = new BinaryWriter();
    writer.writeInt32(1, code);
    writer.writeString(2, message);
    writer.writeBytes(3, detail.serializeBinary());
    return Buffer.from(writer.getResultBuffer());
}

import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Json, Properties } from "../schema/property";

/** Key and value by which Pulumi's protocol marks a secret (sdk/go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Properties out of a message; secrets are opened, as the engine closes them again by property name. */
export function toProperties(message: Struct | undefined): Properties {
    return message === undefined ? {} : (opened(message.toJavaScript()) as Properties);
}

/** Properties into a message. */
export function toStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(properties);
}

function opened(value: Json): Json {
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(opened);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const block = value as Readonly<Record<string, Json>>;
    if (block[signatureKey] === secretSignature) {
        return opened(block["value"] ?? null);
    }
    return Object.fromEntries(Object.entries(block).map(([name, item]) => [name, opened(item)]));
}

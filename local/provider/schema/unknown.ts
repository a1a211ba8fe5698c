import type { Json } from "./property";

/**
 * What stands in a preview for a value that is only known after the update.
 * The text is fixed by Pulumi's provider protocol (sdk/go/common/resource/plugin/rpc.go, UnknownStringValue).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value itself is not known yet. */
export function isUnknown(value: unknown): boolean {
    return value === unknownValue;
}

/** Whether the value or anything in it is not known yet. */
export function containsUnknown(value: Json | undefined): boolean {
    if (Array.isArray(value)) {
        return value.some((item: Json) => containsUnknown(item));
    }
    if (typeof value === "object" && value !== null) {
        return Object.values(value).some((item) => containsUnknown(item));
    }
    return isUnknown(value);
}

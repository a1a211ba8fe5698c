import type { Json } from "./property";

/**
 * A JSON document in one form, so that documents that say the same are equal: lists of one are the item itself, and
 * lists of text are sorted (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 * Text that is no JSON stays as it is.
 */
export function normalDocument(value: Json): Json {
    return normal(typeof value === "string" ? parse(value) : value);
}

function parse(text: string): Json {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return text;
    }
}

function normal(value: Json): Json {
    if (Array.isArray(value)) {
        const items = (value as readonly Json[]).map(normal);
        const [first] = items;
        if (items.length === 1 && first !== undefined) {
            return first;
        }
        return items.every((item) => typeof item === "string") ? [...items].sort() : items;
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, normal(item)]));
    }
    return value;
}

import { asBlock, containsUnknown, type Fields, type Json, type Property } from "./property";

/** What the official provider's SDK takes for "not set": nothing, zero, false, and empty text, lists and maps. */
export function isEmpty(value: Json | undefined): boolean {
    if (value === undefined || value === null || value === false || value === 0 || value === "") {
        return true;
    }
    return typeof value === "object" && Object.keys(value).length === 0;
}

/** A text that is equal for equal values, whatever the order of their keys. */
function canonical(value: Json | undefined): string {
    return JSON.stringify(value, (_key, item: Json) =>
        typeof item === "object" && item !== null && !Array.isArray(item)
            ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
            : item,
    );
}

/**
 * Whether `wanted` asks for nothing that `old` is not already.
 * Not symmetric: what AWS filled in by itself (`computed`) may be in `old` without being in `wanted`.
 */
export function isSame(
    property: Property<unknown>,
    old: Json | undefined,
    wanted: Json | undefined,
): boolean {
    if (containsUnknown(wanted) || containsUnknown(old)) {
        return false;
    }
    if (isEmpty(wanted) && (isEmpty(old) || (property.traits.computed === true && wanted === undefined))) {
        return true;
    }
    if (old === undefined || old === null || wanted === undefined || wanted === null) {
        return false;
    }
    return isSameShape(property, old, wanted);
}

function isSameShape(property: Property<unknown>, old: Json, wanted: Json): boolean {
    const { shape } = property;
    switch (shape.kind) {
        case "document":
            return canonical(normalDocument(old)) === canonical(normalDocument(wanted));
        case "object":
            return isSameObject(shape.fields, old, wanted);
        case "list":
            return isSameList(shape.of, old, wanted);
        case "set":
            return isSameSet(shape.of, old, wanted);
        case "text":
        case "integer":
        case "flag":
        case "textFlag":
        case "tags":
            return canonical(old) === canonical(wanted);
    }
}

function isSameObject(fields: Fields, old: Json, wanted: Json): boolean {
    const before = asBlock(old);
    const after = asBlock(wanted);
    return Object.entries(fields).every(([name, field]) => isSame(field, before[name], after[name]));
}

function isSameList(of: Property<unknown>, old: Json, wanted: Json): boolean {
    return (
        Array.isArray(old) &&
        Array.isArray(wanted) &&
        old.length === wanted.length &&
        wanted.every((item: Json, index) => isSame(of, old[index] as Json, item))
    );
}

function isSameSet(of: Property<unknown>, old: Json, wanted: Json): boolean {
    if (!Array.isArray(old) || !Array.isArray(wanted) || old.length !== wanted.length) {
        return false;
    }
    const left = [...(old as readonly Json[])];
    return wanted.every((item: Json) => {
        const index = left.findIndex((candidate) => isSame(of, candidate, item));
        return index >= 0 && left.splice(index, 1).length === 1;
    });
}

/**
 * A JSON document in one form, so that documents that say the same are equal: lists of one are the item itself, and
 * lists of text are sorted (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 * Text that is no JSON stays as it is.
 */
function normalDocument(value: Json): Json {
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

import { fromTagList } from "../aws/tags";
import type { Fields, Property } from "./property";

/**
 * The values under AWS's names, for a request. Left out are tags, as each call takes them in a form of its own, and
 * what is not one plain member of AWS's: `aws: false`, and what AWS never tells back.
 */
export function toAws(fields: Fields, values: object): object {
    return Object.fromEntries(
        Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
            const field = fields[name];
            if (field === undefined || field.shape.kind === "tags" || value === undefined) {
                return [];
            }
            const member = memberOf(name, field);
            return member === undefined ? [] : [[member, valueToAws(field, value)]];
        }),
    );
}

/** What AWS answered, as properties: the plain ones, and `tags` without AWS's own. */
export function fromAws(fields: Fields, found: object): Record<string, unknown> {
    const members = found as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
        Object.entries(fields).flatMap(([name, field]) => {
            const member = memberOf(name, field);
            return member === undefined ? [] : [[name, valueFromAws(field, members[member])]];
        }),
    );
}

function memberOf(name: string, { traits }: Property<unknown>): string | undefined {
    return traits.aws === false || traits.remembered === true
        ? undefined
        : (traits.aws ?? name.charAt(0).toUpperCase() + name.slice(1));
}

function valueToAws({ shape }: Property<unknown>, value: unknown): unknown {
    switch (shape.kind) {
        case "object":
            return toAws(shape.fields, value as object);
        case "list":
        case "set":
            return (value as readonly unknown[]).map((item) => valueToAws(shape.of, item));
        case "textFlag":
            return value === "" ? undefined : value === "true";
        default:
            return value;
    }
}

function valueFromAws({ shape }: Property<unknown>, value: unknown): unknown {
    if (shape.kind === "tags") {
        return fromTagList(value as Parameters<typeof fromTagList>[0]);
    }
    if (value === undefined) {
        return undefined;
    }
    switch (shape.kind) {
        case "object":
            return fromAws(shape.fields, value as object);
        case "list":
        case "set":
            return (value as readonly unknown[]).map((item) => valueFromAws(shape.of, item));
        case "textFlag":
            return value === true ? "true" : "false";
        case "document":
            // IAM answers documents percent-encoded (IAM API reference, GetRole).
            return decodeURIComponent(value as string);
        default:
            return value;
    }
}

import { z } from "zod";

/** A group of keys, or one mode of a group, as the schema knows it. */
export interface Shape {
    /** Missing for a group that has no modes. */
    readonly mode?: string;
    readonly keys: readonly string[];
}

/** The shapes that a section of the settings can have: one, or one for each mode. */
export function shapesOf(schema: z.ZodType | undefined): readonly Shape[] {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    if (inner instanceof z.ZodDiscriminatedUnion) {
        return inner.options.flatMap((option) => shapesOf(option as z.ZodType));
    }
    if (!(inner instanceof z.ZodObject)) {
        return [];
    }
    const mode = modeOf(inner.shape["mode"] as z.ZodType | undefined);
    return [{ mode, keys: Object.keys(inner.shape) }];
}

/** The schema of a group of keys inside another one, which has no modes. */
export function innerSchema(
    schema: z.ZodType | undefined,
    path: readonly PropertyKey[],
): z.ZodType | undefined {
    return path.reduce<z.ZodType | undefined>((outer, key) => {
        const object = outer instanceof z.ZodOptional ? outer.unwrap() : outer;
        return object instanceof z.ZodObject
            ? (object.shape[String(key)] as z.ZodType | undefined)
            : undefined;
    }, schema);
}

function modeOf(schema: z.ZodType | undefined): string | undefined {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    return inner instanceof z.ZodLiteral ? String(inner.value) : undefined;
}

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
    if (inner instanceof z.ZodUnion) {
        return inner.options.flatMap((option) => shapesOf(option as z.ZodType));
    }
    if (!(inner instanceof z.ZodObject)) {
        return [];
    }
    const mode = modeOf(inner.shape["mode"] as z.ZodType | undefined);
    return [{ mode, keys: Object.keys(inner.shape) }];
}

/** The schema of a group of keys inside another one; of one with modes the first that has it, as modes do not differ in it. */
export function innerSchema(
    schema: z.ZodType | undefined,
    path: readonly PropertyKey[],
): z.ZodType | undefined {
    return path.reduce<z.ZodType | undefined>((outer, key) => {
        const inner = outer instanceof z.ZodOptional ? outer.unwrap() : outer;
        if (inner instanceof z.ZodArray) {
            return inner.element as z.ZodType;
        }
        const options = inner instanceof z.ZodUnion ? inner.options : [inner];
        return options
            .flatMap((option) =>
                option instanceof z.ZodObject ? [option.shape[String(key)] as unknown] : [],
            )
            .find((found): found is z.ZodType => found instanceof z.ZodType);
    }, schema);
}

function modeOf(schema: z.ZodType | undefined): string | undefined {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    return inner instanceof z.ZodLiteral ? String(inner.value) : undefined;
}

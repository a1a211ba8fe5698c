import { z } from "zod";
import { settingsSchema } from "./schema";

/** What this needs of a JSON schema, and what the settings' own says beside (fields.ts, `mayBeOutput`). */
interface Schema {
    readonly mayBeOutput?: string;
    readonly items?: Schema;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly additionalProperties?: Schema | false;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
}

/**
 * What takes the place of a setting that a preview does not know yet.
 * @param path of the setting, below `sles-ecs:`
 * @param number that no other one has
 * @returns undefined for a setting that has to be plain
 */
export function standInFor(path: readonly (string | number)[], number: number): unknown {
    const root = z.toJSONSchema(settingsSchema, { io: "input" }) as Schema;
    const found = path.reduce((schemas, key) => schemas.flatMap((schema) => below(schema, key)), [root]);
    return firstOf(found, (schema) => standIn(schema, number));
}

function standIn(schema: Schema, number: number): unknown {
    if (schema.mayBeOutput !== undefined) {
        return schema.mayBeOutput.replace(/#+/, (signs) => String(number).padStart(signs.length, "0"));
    }
    const entry = schema.items && standIn(schema.items, number);
    if (entry !== undefined) {
        return [entry];
    }
    const value = schema.additionalProperties && standIn(schema.additionalProperties, number);
    // Of names and values that are not known none can be shown.
    return value === undefined || value === false
        ? firstOf(options(schema), (one) => standIn(one, number))
        : {};
}

function below(schema: Schema, key: string | number): readonly Schema[] {
    const { items, properties, additionalProperties } = schema;
    const own = typeof key === "number" ? items : (properties?.[key] ?? (additionalProperties || undefined));
    return [...(own === undefined ? [] : [own]), ...options(schema).flatMap((one) => below(one, key))];
}

/** Modes, or a switch that may also be a group of keys. */
function options({ oneOf = [], anyOf = [] }: Schema): readonly Schema[] {
    return [...oneOf, ...anyOf];
}

function firstOf<T>(all: readonly T[], choose: (one: T) => unknown): unknown {
    return all.map(choose).find((chosen) => chosen !== undefined);
}

import { settingsJsonSchema, type SettingSchema } from "./jsonSchema";

/**
 * What takes the place of a setting that a preview does not know yet.
 * @param path of the setting, below `sles-ecs:`
 * @param number that no other one has
 * @returns undefined for a setting that has to be plain
 */
export function standInFor(path: readonly (string | number)[], number: number): unknown {
    const root = settingsJsonSchema();
    const found = path.reduce((schemas, key) => schemas.flatMap((schema) => below(schema, key)), [root]);
    return firstOf(found, (schema) => standIn(schema, number));
}

function standIn(schema: SettingSchema, number: number): unknown {
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

function below(schema: SettingSchema, key: string | number): readonly SettingSchema[] {
    const { items, properties, additionalProperties } = schema;
    const own = typeof key === "number" ? items : (properties?.[key] ?? (additionalProperties || undefined));
    return [...(own === undefined ? [] : [own]), ...options(schema).flatMap((one) => below(one, key))];
}

/** Modes, or a switch that may also be a group of keys. */
function options({ oneOf = [], anyOf = [] }: SettingSchema): readonly SettingSchema[] {
    return [...oneOf, ...anyOf];
}

function firstOf<T>(all: readonly T[], choose: (one: T) => unknown): unknown {
    return all.map(choose).find((chosen) => chosen !== undefined);
}

import { settingsJsonSchema, type SettingSchema } from "./jsonSchema";

export interface SettingDescription {
    /** Path below `sles-ecs:`, such as `hosts.count`. */
    readonly path: string;
    /** The mode that the key belongs to; missing for keys of every mode. */
    readonly mode?: string;
    /** The values it takes, in words. */
    readonly type: string;
    readonly description: string;
    /** The default as a value, or "- " and how it is found; missing for keys that must be given. */
    readonly defaultText?: string;
    readonly required: boolean;
}

/** A default as the schema has it (fields.ts): "- " in front says that it is behaviour in words, not a value. */
export function readDefault(defaultText: string): { readonly text: string; readonly isValue: boolean } {
    return defaultText.startsWith("- ")
        ? { text: defaultText.slice(2), isValue: false }
        : { text: defaultText, isValue: true };
}

/** Every key of the settings in the order of the schema: the source of the reference and of Pulumi.yaml. */
export function settingsDescription(): readonly SettingDescription[] {
    return describeKeys(settingsJsonSchema(), "");
}

function describeKeys(group: SettingSchema, prefix: string, mode?: string): SettingDescription[] {
    return Object.entries(group.properties ?? {}).flatMap(([key, schema]) => {
        const path = prefix + key;
        return [
            {
                path,
                mode,
                type: typeText(schema),
                description: schema.description ?? "",
                defaultText: schema.defaultText,
                required: group.required?.includes(key) ?? false,
            },
            ...describeKeys(schema, `${path}.`),
            ...(schema.anyOf ?? []).flatMap((option) => describeKeys(option, `${path}.`)),
            ...(schema.oneOf ?? []).flatMap((option) =>
                describeKeys(option, `${path}.`, option.properties?.["mode"]?.const),
            ),
        ];
    });
}

/** The values that a key takes, in words. */
export function typeText(schema: SettingSchema): string {
    if (schema.typeText !== undefined) {
        return schema.typeText;
    }
    if (schema.const !== undefined) {
        return `"${schema.const}"`;
    }
    if (schema.enum !== undefined) {
        return schema.enum.map((word) => `"${word}"`).join(" | ");
    }
    if (schema.anyOf !== undefined) {
        return schema.anyOf.map(typeText).join(" or ");
    }
    if (schema.oneOf !== undefined || schema.type === "object") {
        return "object";
    }
    if (schema.type === "array") {
        return schema.items?.type === "integer" ? "list of integers" : "list of text";
    }
    if (schema.type === "integer") {
        return `integer ${schema.minimum} to ${schema.maximum}`;
    }
    return schema.type === "string" ? "text" : (schema.type ?? "object");
}

import { z } from "zod";
import { readDefault } from "./describe";
import { settingsNamespace } from "./pulumiConfig";
import { settingsKeys, settingsSchema } from "./schema";

/** A JSON schema, as far as this needs to look into one. */
export interface JsonSchema {
    readonly type?: string | readonly string[];
    readonly description?: string;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly [keyword: string]: unknown;
}

/** What Pulumi itself keeps beside `config` (pulumi/pulumi, sdk/go/common/workspace, ProjectStack). */
const ofPulumi = {
    encryptionsalt: { type: "string" },
    encryptedkey: { type: "string" },
    secretsprovider: { type: "string" },
    environment: {},
} as const;

/**
 * JSON schema (draft 7, which editors know best) of a whole `Pulumi.<environment>.yaml`: what an editor completes and marks by.
 * It takes all that the settings' own reader takes, but for groups as JSON text and for keys within a group that have no value; it
 * is milder where a rule needs more than one key.
 */
export function settingsFileSchema(): JsonSchema {
    const { properties = {} } = z.toJSONSchema(settingsSchema, {
        io: "input",
        target: "draft-7",
        override: ({ jsonSchema }) => tellDefault(jsonSchema),
    }) as JsonSchema;
    const settings: readonly (readonly [string, JsonSchema])[] = Object.entries(properties).map(
        ([key, schema]) => [`${settingsNamespace}:${key}`, orUnset(schema)],
    );
    const known = settingsKeys.join("|");
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Settings of a sles-ecs environment",
        type: "object",
        properties: {
            config: {
                type: ["object", "null"],
                properties: {
                    "aws:region": { type: "string", description: "Region of AWS, such as eu-central-1." },
                    ...Object.fromEntries(settings),
                },
                patternProperties: { [`^${settingsNamespace}:(?!(?:${known})$)`]: false },
            },
            ...ofPulumi,
        },
    };
}

interface Described {
    description?: string;
    defaultText?: unknown;
    typeText?: unknown;
    mayBeOutput?: unknown;
    default?: unknown;
}

/** Editors show the description alone, and offer the default where it is a value. */
function tellDefault(schema: Described & { readonly type?: unknown }): void {
    const { defaultText } = schema;
    delete schema.defaultText;
    delete schema.typeText;
    delete schema.mayBeOutput;
    if (typeof defaultText !== "string") {
        return;
    }
    const { text, isValue } = readDefault(defaultText);
    schema.description = `${schema.description ?? ""} Default: ${text}.`;
    if (isValue) {
        schema.default = schema.type === "string" ? text : (JSON.parse(text) as unknown);
    }
}

/** What stands for "not set" in Pulumi.yaml and in a settings file (sections are read by parse.ts). */
const unset = { enum: [null, "", false, {}] };

/** `pulumi config set` writes switches as text, and texts such as 12 or true may come without quotes. */
function orUnset(schema: JsonSchema): JsonSchema {
    const { description, ...form } = schema;
    const asText =
        form.type === "boolean"
            ? [{ enum: ["true", "false"] }]
            : form.type === "string"
              ? [{ type: ["number", "boolean"] }]
              : [];
    return { description, anyOf: [form, unset, ...asText] };
}

import { format, resolveConfig } from "prettier";

import { settingsJsonSchema, type SettingSchema } from "../../components/model/settings/jsonSchema";

/** components/model/settings/settings.generated.ts: the settings as interfaces, from their schema. */
export async function settingsTypes(file: string): Promise<string> {
    const interfaces = new Map<string, string>();
    const schema = settingsJsonSchema();
    const about = {
        description:
            "What a person writes below `sles-ecs:`, and a program as `settings`: everything may be left out.",
    };
    addInterface(interfaces, "Settings", { ...schema, ...about });
    return written(file, [...interfaces.values()].reverse().join("\n"));
}

/** A file of TypeScript that is made from the schema. */
export async function written(file: string, code: string): Promise<string> {
    const note = "// Written by npm run docs, from the schema; not by hand.\n";
    return format(note + code, { ...(await resolveConfig(file)), filepath: file });
}

/** Adds an interface, and before it those that its keys need. */
function addInterface(interfaces: Map<string, string>, name: string, group: SettingSchema): void {
    const keys = Object.entries(group.properties ?? {}).map(([key, schema]) => {
        const isRequired = group.required?.includes(key) === true;
        const type = typeOf(interfaces, key, schema);
        const mark = isRequired ? `: ${type}` : `?: ${type} | undefined`;
        return `${comment(schema, isRequired)}readonly ${key}${mark};`;
    });
    const text = `${comment(group, true)}export interface ${name} {\n${keys.join("\n")}\n}\n`;
    if ((interfaces.get(name) ?? text) !== text) {
        throw new Error(`two groups of keys would both be called ${name}`);
    }
    interfaces.set(name, text);
}

function typeOf(interfaces: Map<string, string>, key: string, schema: SettingSchema): string {
    const named = (group: SettingSchema, mode = ""): string => {
        const name = interfaceName(key, mode);
        addInterface(
            interfaces,
            name,
            mode === "" ? group : { ...group, description: modeOf(group)?.description },
        );
        return name;
    };
    if (schema.const !== undefined) {
        return JSON.stringify(schema.const);
    }
    if (schema.enum !== undefined) {
        return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
    }
    const options = schema.oneOf ?? schema.anyOf;
    if (options !== undefined) {
        return options
            .map((option) =>
                option.properties === undefined
                    ? typeOf(interfaces, key, option)
                    : named(option, modeOf(option)?.const),
            )
            .join(" | ");
    }
    if (schema.properties !== undefined) {
        return named(schema);
    }
    switch (schema.type) {
        case "array":
            return `readonly (${typeOf(interfaces, `${key}Entry`, schema.items ?? {})})[]`;
        case "object":
            return `Readonly<Record<string, ${typeOf(interfaces, key, schema.additionalProperties || {})}>>`;
        case "integer":
            return "number";
        case "string":
        case "number":
        case "boolean":
            return schema.type;
        default:
            throw new Error(`${key} has a form that is not known here: ${JSON.stringify(schema)}`);
    }
}

export function interfaceName(key: string, mode = ""): string {
    return `${capital(mode)}${capital(key)}Settings`;
}

export function modeOf({ properties }: SettingSchema): SettingSchema | undefined {
    return properties?.["mode"];
}

/** What an editor shows: the meaning, and the default as a value or, after "- ", in words. */
export function comment({ description, defaultText }: SettingSchema, isRequired: boolean): string {
    const lines = [
        ...(description === undefined ? [] : [description]),
        ...(isRequired || defaultText === undefined ? [] : [`@default ${defaultText}`]),
    ];
    return lines.length === 0
        ? ""
        : `/**\n${lines.map((one) => ` * ${one.replaceAll("*/", "*\\/")}\n`).join("")} */\n`;
}

function capital(word: string): string {
    return word.slice(0, 1).toUpperCase() + word.slice(1);
}

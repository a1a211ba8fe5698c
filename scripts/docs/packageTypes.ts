import { readDefault } from "../../components/model/settings";
import { typeText } from "../../components/model/settings/describe";
import { settingsJsonSchema, type SettingSchema } from "../../components/model/settings/jsonSchema";
import { interfaceName, modeOf } from "./settingsTypes";

/** A type in a schema of a Pulumi package (pulumi.com/docs/iac/guides/building-extending/packages/schema). */
export interface PackageType {
    readonly type?: string;
    readonly $ref?: string;
    readonly items?: PackageType;
    readonly additionalProperties?: PackageType;
    readonly oneOf?: readonly PackageType[];
}

export type PackageProperty = PackageType & { readonly description?: string };

export interface PackageObject {
    readonly type: "object";
    readonly description?: string;
    readonly properties: Readonly<Record<string, PackageProperty>>;
    readonly required?: readonly string[];
}

/** A group of keys with one of its modes; without one where it has none. */
interface Form {
    readonly mode?: string;
    readonly group: SettingSchema;
}

/**
 * The settings as types of a Pulumi package, by their tokens. Pulumi has no objects that depend on a key of their own in all of its
 * languages, so that a group with modes is one type, whose keys tell which modes they belong to; what does not go together is
 * refused when the settings are read.
 */
export function packageTypes(): Readonly<Record<string, PackageObject>> {
    const types = new Types();
    types.add("Settings", [{ group: settingsJsonSchema() }], "What the environment is to be.");
    return Object.fromEntries([...types.all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function referenceTo(name: string): PackageType {
    return { $ref: `#/types/${tokenOf(name)}` };
}

function tokenOf(name: string): string {
    return `sles-ecs:index:${name}`;
}

class Types {
    readonly all = new Map<string, PackageObject>();

    /** @returns what refers to it */
    add(name: string, forms: readonly Form[], description?: string): PackageType {
        const keys = [...new Set(forms.flatMap(({ group }) => Object.keys(group.properties ?? {})))];
        const required = keys.filter((key) => forms.every(({ group }) => group.required?.includes(key)));
        const object: PackageObject = {
            description,
            properties: Object.fromEntries(keys.map((key) => [key, this.property(key, forms)])),
            type: "object",
            ...(required.length > 0 && { required }),
        };
        const token = tokenOf(name);
        const known = this.all.get(token);
        if (known !== undefined && JSON.stringify(known) !== JSON.stringify(object)) {
            throw new Error(`two groups of keys would both be called ${name}`);
        }
        this.all.set(token, object);
        return referenceTo(name);
    }

    private property(key: string, forms: readonly Form[]): PackageProperty {
        const having = forms.flatMap(({ mode, group }) => {
            const schema = group.properties?.[key];
            return schema === undefined ? [] : [{ mode, schema }];
        });
        const types = having.map(({ schema }) => this.typeOf(key, schema));
        const [type] = types;
        if (type === undefined || types.some((one) => JSON.stringify(one) !== JSON.stringify(type))) {
            throw new Error(`${key} has different types in different modes`);
        }
        const description = key === "mode" ? describeModes(having) : describe(having, forms.length);
        return { ...type, ...(description !== "" && { description }) };
    }

    private typeOf(key: string, schema: SettingSchema): PackageType {
        if (schema.oneOf !== undefined) {
            const forms = schema.oneOf.map((group) => ({ mode: modeOf(group)?.const, group }));
            return this.add(interfaceName(key), forms, schema.description);
        }
        if (schema.anyOf !== undefined) {
            return { oneOf: schema.anyOf.map((option) => this.typeOf(key, option)) };
        }
        if (schema.properties !== undefined) {
            return this.add(interfaceName(key), [{ group: schema }], schema.description);
        }
        if (schema.type === "array") {
            return { type: "array", items: this.typeOf(`${key}Entry`, schema.items ?? {}) };
        }
        if (schema.type === "object") {
            return {
                type: "object",
                additionalProperties: this.typeOf(key, schema.additionalProperties || {}),
            };
        }
        if (schema.type === undefined) {
            throw new Error(`${key} has a form that is not known here: ${JSON.stringify(schema)}`);
        }
        return { type: schema.type };
    }
}

/** A key in one of the modes that have it. */
interface Having {
    readonly mode?: string;
    readonly schema: SettingSchema;
}

function describeModes(having: readonly Having[]): string {
    const each = having.map(({ mode, schema }) => `\`${mode}\`: ${schema.description}`);
    return [...each, ...having.map(({ schema }) => defaultOf(schema))].join("\n\n").trim();
}

/** The meaning of a key, once for all modes that share it. */
function describe(having: readonly Having[], modes: number): string {
    const meanings = new Map<string, string[]>();
    for (const { mode, schema } of having) {
        const text = meaning(schema);
        meanings.set(text, [...(meanings.get(text) ?? []), ...(mode === undefined ? [] : [`\`${mode}\``])]);
    }
    const isOfAll = meanings.size === 1 && having.length === modes;
    return [...meanings]
        .map(([text, some]) => (isOfAll ? text : `With mode ${some.join(" or ")}: ${text}`))
        .join("\n\n");
}

function meaning(schema: SettingSchema): string {
    const values = schema.enum === undefined ? "" : ` Values: ${typeText(schema)}.`;
    return `${schema.description ?? ""}${values} ${defaultOf(schema)}`.trim();
}

function defaultOf({ defaultText }: SettingSchema): string {
    return defaultText === undefined ? "" : `Default: ${readDefault(defaultText).text}.`;
}

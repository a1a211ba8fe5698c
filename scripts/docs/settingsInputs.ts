import { settingsJsonSchema, type SettingSchema } from "../../components/model/settings/jsonSchema";
import { comment, interfaceName, modeOf, written } from "./settingsTypes";

/**
 * components/settingsInputs.generated.ts: the settings as a program gives them, with outputs where the schema allows them. An
 * interface beside those of settings.generated.ts for each group that holds such a key, and none for the others.
 */
export async function settingsInputs(file: string, settingsModule: string): Promise<string> {
    const inputs = new Inputs();
    inputs.addGroup("Settings", {
        ...settingsJsonSchema(),
        description:
            "What a program gives as `settings`: everything may be left out. A value that another resource may supply can be an output; the others decide which resources there are and what they are called, which has to be known before any of them exists.",
    });
    const code = [...inputs.interfaces.values()].reverse().join("\n");
    const used = [...inputs.settings].filter((name) => new RegExp(`\\b${name}\\b`).test(code)).sort();
    const imports = [
        'import type * as pulumi from "@pulumi/pulumi";',
        `import type { ${used.join(", ")} } from "${settingsModule}";`,
    ];
    return written(file, [...imports, "", code].join("\n"));
}

class Inputs {
    readonly interfaces = new Map<string, string>();
    /** Interfaces of the settings' own. */
    readonly settings = new Set<string>();

    /** Adds the interface of a group of keys. @returns its name, or that of the settings' own where nothing may be an output */
    addGroup(plain: string, group: SettingSchema): string {
        const keys = Object.entries(group.properties ?? {}).flatMap(([key, schema]) => {
            const type = this.typeOf(key, schema);
            return type === undefined ? [] : [{ key, schema, type }];
        });
        this.settings.add(plain);
        if (keys.length === 0) {
            return plain;
        }
        const name = plain === "Settings" ? "SettingsInputs" : plain.replace(/Settings$/, "Inputs");
        const lines = keys.map(({ key, schema, type }) => {
            const isRequired = group.required?.includes(key) === true;
            const mark = isRequired ? `: ${type}` : `?: ${type} | undefined`;
            return `${comment(schema, isRequired)}readonly ${key}${mark};`;
        });
        const others = `Omit<${plain}, ${keys.map(({ key }) => JSON.stringify(key)).join(" | ")}>`;
        this.interfaces.set(
            name,
            `${comment(group, true)}export interface ${name} extends ${others} {\n${lines.join("\n")}\n}\n`,
        );
        return name;
    }

    /** Undefined where nothing in it may be an output. */
    private typeOf(key: string, schema: SettingSchema): string | undefined {
        const options = schema.oneOf ?? schema.anyOf;
        if (options !== undefined) {
            const named = options.map((option) => this.optionOf(key, option));
            return named.some((name) => this.interfaces.has(name)) ? named.join(" | ") : undefined;
        }
        if (schema.properties !== undefined) {
            const name = this.addGroup(interfaceName(key), schema);
            return this.interfaces.has(name) ? name : undefined;
        }
        if (schema.mayBeOutput !== undefined) {
            return "pulumi.Input<string>";
        }
        const entry = schema.items && this.typeOf(`${key}Entry`, schema.items);
        if (entry !== undefined) {
            const list = `readonly (${entry})[]`;
            return this.interfaces.has(entry) ? list : `pulumi.Input<${list}>`;
        }
        const value = schema.additionalProperties && this.typeOf(key, schema.additionalProperties);
        return value ? `pulumi.Input<Readonly<Record<string, ${value}>>>` : undefined;
    }

    private optionOf(key: string, option: SettingSchema): string {
        if (option.properties !== undefined) {
            const mode = modeOf(option);
            const about = mode === undefined ? {} : { description: mode.description };
            return this.addGroup(interfaceName(key, mode?.const), { ...option, ...about });
        }
        if (option.type === undefined) {
            throw new Error(`${key} may be something that is not known here: ${JSON.stringify(option)}`);
        }
        return option.type;
    }
}

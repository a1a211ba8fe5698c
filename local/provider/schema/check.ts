import { autoNamed, type Naming } from "./naming";
import { isBlock, isUnknown, type Fields, type Json, type Properties, type Property } from "./property";
import type { InputProblem, ResourceType } from "./resourceType";

/** Inputs as the state will keep them, and what is wrong with them. */
export interface Checked {
    readonly inputs: Properties;
    readonly problems: readonly InputProblem[];
}

/** Checks the inputs of a resource and adds defaults and an automatic name. */
export function checkInputs(type: ResourceType, given: Properties, naming: Naming): Checked {
    const checker = new Checker(type.token);
    const inputs = autoNamed(type, checker.fields(type.inputs, given, ""), naming);
    checker.missing(type.inputs, inputs, "");
    return { inputs, problems: [...checker.problems, ...(type.check?.(inputs) ?? [])] };
}

/** Checks the arguments of a function or of a component. */
export function checkArguments(token: string, fields: Fields, given: Properties): Checked {
    const checker = new Checker(token);
    return { inputs: checker.block(fields, given, ""), problems: checker.problems };
}

/** Gives each value the form that its property has, and collects what is wrong. */
class Checker {
    readonly problems: InputProblem[] = [];

    constructor(private readonly token: string) {}

    /** The block with defaults, complete. */
    block(fields: Fields, given: Properties, path: string): Properties {
        const inputs = this.fields(fields, given, path);
        this.missing(fields, inputs, path);
        return inputs;
    }

    fields(fields: Fields, given: Properties, path: string): Properties {
        const inputs: Record<string, Json> = {};
        const unknown: string[] = [];
        for (const [name, value] of Object.entries(given)) {
            const field = fields[name];
            // The engine and the official provider keep notes of their own under such names.
            if (value === null || name.startsWith("__")) {
                continue;
            }
            if (field === undefined) {
                unknown.push(path + name);
            } else {
                inputs[name] = this.value(field, value, path + name);
            }
        }
        this.unknown(fields, unknown);
        for (const [name, field] of Object.entries(fields)) {
            if (inputs[name] === undefined && field.traits.default !== undefined) {
                inputs[name] = field.traits.default;
            }
        }
        return inputs;
    }

    missing(fields: Fields, inputs: Properties, path: string): void {
        for (const [name, field] of Object.entries(fields)) {
            if (field.isRequired && inputs[name] === undefined) {
                const property = path + name;
                this.problems.push({ property, reason: `missing property "${property}" of ${this.token}` });
            }
        }
    }

    /** One problem for them all, so that what is served is listed once. */
    private unknown(fields: Fields, unknown: readonly string[]): void {
        const [property] = unknown;
        if (property !== undefined) {
            const names = unknown.map((name) => `"${name}"`).join(", ");
            const [noun, pronoun] = unknown.length === 1 ? ["property", "it"] : ["properties", "them"];
            const reason =
                `unknown ${noun} ${names} of ${this.token}: the local cloud's provider does not know ${pronoun}, ` +
                `even where AWS does; it serves ${Object.keys(fields).sort().join(", ")}`;
            this.problems.push({ property, reason });
        }
    }

    private wrong(path: string, expected: string, value: Json): Json {
        const reason = `property "${path}" of ${this.token}: got ${JSON.stringify(value)}, expected ${expected}`;
        this.problems.push({ property: path, reason });
        return value;
    }

    private value({ shape }: Property<unknown>, value: Json, path: string): Json {
        if (isUnknown(value)) {
            return value;
        }
        switch (shape.kind) {
            case "text":
            case "textFlag":
                // The official provider takes numbers and booleans for text, too.
                return typeof value === "object" ? this.wrong(path, "text", value) : String(value);
            case "integer": {
                const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
                return Number.isInteger(number) ? number : this.wrong(path, "a whole number", value);
            }
            case "flag": {
                const flag = value === "true" || (value === "false" ? false : value);
                return typeof flag === "boolean" ? flag : this.wrong(path, "true or false", value);
            }
            case "document":
                return typeof value === "string" ? value : JSON.stringify(value);
            case "tags":
                return isBlock(value) ? this.tags(value, path) : this.wrong(path, "text by name", value);
            case "list":
            case "set":
                return Array.isArray(value)
                    ? value.map((item: Json, index) => this.value(shape.of, item, `${path}[${index}]`))
                    : this.wrong(path, "a list", value);
            case "object":
                return isBlock(value)
                    ? this.block(shape.fields, value, `${path}.`)
                    : this.wrong(path, "a block of properties", value);
        }
    }

    private tags(given: Properties, path: string): Json {
        const known = Object.entries(given).filter(([, value]) => value !== null);
        return Object.fromEntries(
            known.map(([key, value]) => [
                key,
                typeof value === "object" ? this.wrong(`${path}.${key}`, "text", value) : String(value),
            ]),
        );
    }
}

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
    const { inputs, problems } = checkFields(type.token, type.inputs, given, "");
    const named = autoNamed(type, inputs, naming);
    const missing = requiredProblems(type.token, type.inputs, named, "");
    return { inputs: named, problems: [...problems, ...missing, ...(type.check?.(named) ?? [])] };
}

/** Checks the arguments of a function. */
export function checkArguments(token: string, fields: Fields, given: Properties): Checked {
    const { inputs, problems } = checkFields(token, fields, given, "");
    return { inputs, problems: [...problems, ...requiredProblems(token, fields, inputs, "")] };
}

function checkFields(token: string, fields: Fields, given: Properties, path: string): Checked {
    const inputs: Record<string, Json> = {};
    const problems: InputProblem[] = [];
    const unknown: string[] = [];
    for (const [name, value] of Object.entries(given)) {
        const field = fields[name];
        // The engine and the official provider keep notes of their own under such names.
        if (value === null || name.startsWith("__")) {
            continue;
        }
        if (field === undefined) {
            unknown.push(path + name);
            continue;
        }
        const checked = checkValue(token, field, value, path + name);
        inputs[name] = checked.value;
        problems.push(...checked.problems);
    }
    for (const [name, field] of Object.entries(fields)) {
        if (inputs[name] === undefined && field.traits.default !== undefined) {
            inputs[name] = field.traits.default;
        }
    }
    return { inputs, problems: [...unknownProblems(token, fields, unknown), ...problems] };
}

/** One problem for them all, so that what is served is listed once. */
function unknownProblems(token: string, fields: Fields, unknown: readonly string[]): InputProblem[] {
    const [property] = unknown;
    if (property === undefined) {
        return [];
    }
    const names = unknown.map((name) => `"${name}"`).join(", ");
    const reason =
        `unknown ${unknown.length === 1 ? "property" : "properties"} ${names} of ${token}: the local cloud's provider ` +
        `does not know ${unknown.length === 1 ? "it" : "them"}, even where AWS does; ` +
        `it serves ${Object.keys(fields).sort().join(", ")}`;
    return [{ property, reason }];
}

function requiredProblems(token: string, fields: Fields, inputs: Properties, path: string): InputProblem[] {
    return Object.entries(fields)
        .filter(([name, field]) => field.isRequired && (inputs[name] === undefined || inputs[name] === null))
        .map(([name]) => ({
            property: path + name,
            reason: `missing property "${path}${name}" of ${token}`,
        }));
}

interface CheckedValue {
    readonly value: Json;
    readonly problems: readonly InputProblem[];
}

function checkValue(token: string, field: Property<unknown>, value: Json, path: string): CheckedValue {
    if (isUnknown(value)) {
        return { value, problems: [] };
    }
    const { shape } = field;
    switch (shape.kind) {
        case "text":
        case "integer":
        case "flag":
        case "textFlag":
        case "document":
            return checkScalar(token, shape.kind, value, path);
        case "tags":
            return checkTags(token, value, path);
        case "list":
        case "set":
            return checkList(token, shape.of, value, path);
        case "object":
            return checkObject(token, shape.fields, value, path);
    }
}

function wrong(token: string, path: string, expected: string, value: Json): CheckedValue {
    const reason = `property "${path}" of ${token}: got ${JSON.stringify(value)}, expected ${expected}`;
    return { value, problems: [{ property: path, reason }] };
}

function checkScalar(
    token: string,
    kind: "text" | "integer" | "flag" | "textFlag" | "document",
    value: Json,
    path: string,
): CheckedValue {
    switch (kind) {
        case "document":
            return { value: typeof value === "string" ? value : JSON.stringify(value), problems: [] };
        case "text":
        case "textFlag":
            // The official provider takes numbers and booleans for text, too.
            return typeof value === "object"
                ? wrong(token, path, "text", value)
                : { value: String(value), problems: [] };
        case "integer": {
            const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
            return typeof number === "number" && Number.isInteger(number)
                ? { value: number, problems: [] }
                : wrong(token, path, "a whole number", value);
        }
        case "flag": {
            const flag = value === "true" ? true : value === "false" ? false : value;
            return typeof flag === "boolean"
                ? { value: flag, problems: [] }
                : wrong(token, path, "true or false", value);
        }
    }
}

function checkTags(token: string, value: Json, path: string): CheckedValue {
    if (!isBlock(value)) {
        return wrong(token, path, "text by name", value);
    }
    const texts: Record<string, string> = {};
    for (const [name, item] of Object.entries(value)) {
        if (typeof item === "object" && item !== null) {
            return wrong(token, `${path}.${name}`, "text", item);
        }
        if (item !== null) {
            texts[name] = String(item);
        }
    }
    return { value: texts, problems: [] };
}

function checkList(token: string, of: Property<unknown>, value: Json, path: string): CheckedValue {
    if (!Array.isArray(value)) {
        return wrong(token, path, "a list", value);
    }
    const items = value.map((item: Json, index) => checkValue(token, of, item, `${path}[${index}]`));
    return { value: items.map((item) => item.value), problems: items.flatMap((item) => item.problems) };
}

function checkObject(token: string, fields: Fields, value: Json, path: string): CheckedValue {
    if (!isBlock(value)) {
        return wrong(token, path, "a block of properties", value);
    }
    const { inputs, problems } = checkFields(token, fields, value, `${path}.`);
    return { value: inputs, problems: [...problems, ...requiredProblems(token, fields, inputs, `${path}.`)] };
}

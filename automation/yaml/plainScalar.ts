import { Scalar } from "yaml";

/** A value to every reader of YAML, or why it is not. */
type Meaning = { readonly value: number | boolean | null } | { readonly reason: string };

/** What text without quotes is besides text; undefined where it is text to everybody. */
export function meaningOf(text: string): Meaning | undefined {
    if (/^(~|null|Null|NULL|)$/.test(text)) {
        return { value: null };
    }
    if (text === "true" || text === "false") {
        return { value: text === "true" };
    }
    if (/^(true|false)$/i.test(text)) {
        return /^(True|TRUE|False|FALSE)$/.test(text)
            ? {
                  reason: "which readers of YAML take for true or false, or for text; expected true, false, or text in quotes",
              }
            : undefined;
    }
    // Only a number that is written as every program would write it loses nothing where text is wanted.
    if (/^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text && isExact(Number(text))) {
        return { value: Number(text) };
    }
    if (isNumeric(text)) {
        return {
            reason: "which readers of YAML take for different numbers, or for text; expected a number in plain digits, or text in quotes",
        };
    }
    return /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}.*)?$/.test(text)
        ? { reason: "which readers of YAML take for a point in time, or for text; expected text in quotes" }
        : undefined;
}

function isExact(value: number): boolean {
    return Number.isSafeInteger(value) || !Number.isInteger(value);
}

/** Forms of numbers in YAML 1.1 and 1.2, without the underscores of 1.1. */
const numbers = [
    /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/,
    /^[-+]?0[xX][\dA-Fa-f]+$/,
    /^[-+]?0[oO][-+]?[0-7]+$/,
    /^[-+]?0[bB][-+]?[01]+$/,
    /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/,
];

function isNumeric(text: string): boolean {
    return /^[-+.\d]/.test(text) && numbers.some((form) => form.test(text.replaceAll("_", "")));
}

/** Values to be written, with every text in quotes that would not be that text to every reader of YAML. */
export function withQuotes(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withQuotes);
    }
    if (typeof value === "object" && value !== null) {
        // Its keys may be nodes, unlike those of an object.
        return new Map(Object.entries(value).map(([key, inner]) => [withQuotes(key), withQuotes(inner)]));
    }
    if (typeof value !== "string" || (meaningOf(value) === undefined && !/^:|\?/.test(value))) {
        return value;
    }
    return Object.assign(new Scalar(value), { type: Scalar.QUOTE_DOUBLE });
}

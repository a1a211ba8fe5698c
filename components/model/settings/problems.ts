import type { z } from "zod";
import { aboutUnknownAgentSetting } from "../agent/unknownSetting";
import { aDuration } from "../duration";
import type { Problem } from "../problem";
import { settingsKeys, settingsSchema, type SettingsKey } from "./schema";
import { innerSchema, shapesOf } from "./shape";
import { nearestWord } from "../nearestWord";
import { valueWithoutPassword } from "../secrets";

type Issue = z.core.$ZodIssue;

/** A longer list of keys would drown the rest of a message. */
const mostKeysListed = 20;

/** Turns what the schema found wrong with one section into problems for people. */
export function sectionProblems(section: SettingsKey, value: unknown, issues: readonly Issue[]): Problem[] {
    const problems = issues.flatMap(chosenOption(value)).flatMap((issue) => {
        if (issue.code === "unrecognized_keys") {
            return issue.keys.map((key) => unknownKey(section, [section, ...issue.path, key], value));
        }
        const got = issue.code === "invalid_key" ? issue.path.at(-1) : valueAt(value, issue.path);
        return [
            {
                path: pathText([section, ...issue.path]),
                message:
                    got === undefined ? `is missing, expected ${expected(issue)}` : gotExpected(got, issue),
                hint: hintFor(got, issue),
                severity: "error" as const,
            },
        ];
    });
    // A value out of range also fails the rules that compute with it: the first complaint is the one that counts.
    return problems.filter(({ path }, index) => problems.findIndex((other) => other.path === path) === index);
}

/** What is wrong with a switch that may also be a group of keys: as the one that it was meant to be. */
function chosenOption(value: unknown): (issue: Issue) => Issue[] {
    return (issue) => {
        if (issue.code !== "invalid_union" || issue.errors.length === 0) {
            return [issue];
        }
        const got = valueAt(value, issue.path);
        const [ofSwitch = [], ofGroup = []] = issue.errors;
        return (typeof got === "object" && got !== null ? ofGroup : ofSwitch).map((inner) => ({
            ...inner,
            path: [...issue.path, ...inner.path],
        }));
    };
}

/** A key at the top that no section has. */
export function unknownSection(key: string): Problem {
    return {
        path: pathText([key]),
        message: `unknown key ${key}, expected one of ${settingsKeys.join(", ")}`,
        hint: didYouMean(key, settingsKeys),
        severity: "error",
    };
}

/** Writes a path as people write it: `network.subnetIds[1]`. */
export function pathText(path: readonly PropertyKey[]): string {
    return path
        .map((step, index) =>
            typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`,
        )
        .join("");
}

function gotExpected(got: unknown, issue: Issue): string {
    return `got ${show(got)}, expected ${expected(issue)}`;
}

/** The schema's messages are what was expected; only the codes that carry none are put into words here. */
function expected(issue: Issue): string {
    switch (issue.code) {
        case "invalid_union":
            return "options" in issue && Array.isArray(issue.options)
                ? `one of ${modes(issue.options).join(", ")}`
                : issue.message;
        case "invalid_key":
            return issue.issues.map((inner) => inner.message).join("; ");
        case "invalid_type":
            return issue.expected === "object" ? "a group of keys" : issue.message;
        default:
            return issue.message;
    }
}

function hintFor(got: unknown, issue: Issue): string | undefined {
    if (issue.message.startsWith(aDuration) && isNumeral(got)) {
        const count = String(got);
        return /^0*[1-9]\d*$/.test(count)
            ? `say its unit: ${count}h, or ${count}m`
            : "say its unit, such as 8h";
    }
    if (issue.code === "invalid_type" && issue.expected === "string" && typeof got === "number") {
        return `put it in quotes: "${got}"`;
    }
    if (issue.code === "invalid_type" && typeof got === "string" && /^\d+$/.test(got)) {
        return `write it without quotes: ${Number(got)}`;
    }
    const words =
        issue.code === "invalid_value"
            ? issue.values.map(String)
            : issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)
              ? modes(issue.options)
              : [];
    return typeof got === "string" ? didYouMean(got, words) : undefined;
}

function isNumeral(got: unknown): boolean {
    return typeof got === "number" || (typeof got === "string" && /^\d+$/.test(got));
}

function didYouMean(word: string, known: readonly string[]): string | undefined {
    const meant = nearestWord(word, known);
    return meant && `did you mean ${meant}?`;
}

function unknownKey(section: SettingsKey, path: readonly PropertyKey[], value: unknown): Problem {
    const key = String(path.at(-1));
    const shapes = shapesOf(innerSchema(settingsSchema.shape[section], path.slice(1, -1)));
    const given = valueAt(value, ["mode"]);
    const mode = given ?? shapes[0]?.mode;
    const here = shapes.find((shape) => shape.mode === mode) ?? shapes[0];
    const elsewhere = shapes.filter((shape) => shape !== here && shape.keys.includes(key));
    const problem = { path: pathText(path), severity: "error" as const };
    if (elsewhere.length > 0) {
        const where = elsewhere.map((shape) => `mode ${shape.mode}`).join(" and ");
        const now = `${section}.mode is ${show(mode)}${given === undefined ? " by default" : ""}`;
        return { ...problem, message: `${key} belongs to ${where}, and ${now}` };
    }
    const about = section === "agent" ? aboutUnknownAgentSetting(key) : undefined;
    if (about !== undefined) {
        return { ...problem, ...about };
    }
    const keys = here?.keys ?? [];
    const known = keys.length > mostKeysListed ? "the keys of docs/config.md" : keys.join(", ");
    return {
        ...problem,
        message: `unknown key ${key}, expected one of ${known}`,
        hint: didYouMean(key, keys),
    };
}

function modes(options: readonly unknown[]): string[] {
    return options.filter((option) => typeof option === "string");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (inner, step) =>
            typeof inner === "object" && inner !== null
                ? (inner as Record<PropertyKey, unknown>)[step]
                : undefined,
        value,
    );
}

function show(value: unknown): string {
    if (Array.isArray(value)) {
        return value.length === 0 ? "an empty list" : "a list";
    }
    if (typeof value === "object" && value !== null) {
        return "a group of keys";
    }
    return typeof value === "string" ? JSON.stringify(valueWithoutPassword(value)) : String(value);
}

import { AppError } from "../../../errors/appError";
import { command } from "../../../../components/model/commandLine";
import { isCalendarDate } from "../../../../components/model/images/imageDate";
import { nearestWord } from "../../../../components/model/nearestWord";
import type { PintImage } from "../../../ports/pint";

/** One condition that an image meets or does not. */
export type Condition = (image: PintImage) => boolean;

type Read = (image: PintImage) => string | undefined;

interface Attribute {
    readonly read: Read;
    readonly kind: "text" | "id" | "date";
}

/** Attributes by the names that pint's records have. */
const attributes: Readonly<Record<string, Attribute>> = {
    name: { read: (image) => image.name, kind: "text" },
    replacementname: { read: (image) => image.replacementName, kind: "text" },
    id: { read: (image) => image.id, kind: "id" },
    replacementid: { read: (image) => image.replacementId, kind: "id" },
    publishedon: { read: (image) => image.publishedOn, kind: "date" },
    deprecatedon: { read: (image) => image.deprecatedOn, kind: "date" },
    deletedon: { read: (image) => image.deletedOn, kind: "date" },
};

const forms = {
    text: "~ (contains), ! (does not contain), % (regular expression at the start) or = (is), then a text",
    id: "= and an id",
    date: "<, = or > and a date as YYYYMMDD",
} as const;

/** What is an option of its own, and no phrase. */
const options: Readonly<Record<string, string>> = { state: "--state", region: "--region" };

const shownProblems = 10;

/**
 * Reads a filter in the language of SUSE's `pint` command, such as `name~ecs,name!byos,deprecatedon<20260101`; a
 * comma means "and". Where `pint` leaves out a phrase that it cannot read, and so lists too much, this is an error.
 * Source: susepubliccloudinfoclient/infoserverrequests.py of https://pypi.org/project/susepubliccloudinfo/ 1.4.0.
 * @throws AppError USAGE with the phrases that cannot be read
 */
export function parseFilter(text: string): Condition {
    const read = text.split(",").map((phrase) => readPhrase(phrase.trim()));
    const problems = read.filter((phrase) => typeof phrase === "string");
    if (problems.length > 0) {
        throw new AppError("USAGE", {
            message: `--filter has ${problems.length === 1 ? "a phrase" : `${problems.length} phrases`} that cannot be read`,
            details: [
                ...problems.slice(0, shownProblems),
                ...(problems.length > shownProblems ? [`and ${problems.length - shownProblems} more`] : []),
            ],
            hint: command("images", "list", "--filter", "name~ecs,name!byos,publishedon>20260101"),
        });
    }
    const conditions = read.filter((phrase) => typeof phrase !== "string");
    return (image) => conditions.every((holds) => holds(image));
}

/** Reads a phrase such as `name~ecs`. @returns what it means, or a line on what is wrong with it */
function readPhrase(phrase: string): Condition | string {
    const [, word = "", operator = "", value = ""] = /^([a-z]*)([^a-z]?)(.*)$/isu.exec(phrase) ?? [];
    const attribute = Object.hasOwn(attributes, word) ? attributes[word] : undefined;
    if (attribute === undefined) {
        return `${JSON.stringify(phrase)}: ${unknown(word)}`;
    }
    const condition = value === "" ? undefined : conditionOf(attribute, operator, value);
    return typeof condition === "function"
        ? condition
        : `${JSON.stringify(phrase)}: ${condition ?? `expected ${word} with ${forms[attribute.kind]}`}`;
}

function unknown(word: string): string {
    if (Object.hasOwn(options, word)) {
        return `${word} is no attribute of a filter, use ${options[word] ?? ""}`;
    }
    const known = Object.keys(attributes);
    const nearest = word === "" ? undefined : nearestWord(word.toLowerCase(), known);
    return `expected one of ${known.join(", ")} at its start${nearest === undefined ? "" : `, did you mean ${nearest}?`}`;
}

/** @returns undefined where the operator is none of the attribute's, a text where the value will not do */
function conditionOf(
    { read, kind }: Attribute,
    operator: string,
    value: string,
): Condition | string | undefined {
    if (kind === "date") {
        if (!["<", "=", ">"].includes(operator)) {
            return undefined;
        }
        return isCalendarDate(value)
            ? dateCondition(read, operator, value)
            : `${JSON.stringify(value)} is no date, expected YYYYMMDD such as 20260131`;
    }
    if (operator === "=") {
        return (image) => read(image) === value;
    }
    return kind === "text" ? textCondition(read, operator, value) : undefined;
}

/** Eight digits are in the order of their dates; an image without the date is neither before nor after one. */
function dateCondition(read: Read, operator: string, value: string): Condition {
    const holds = (date: string): boolean =>
        operator === "=" ? date === value : operator === "<" ? date < value : date > value;
    return (image) => {
        const date = read(image);
        return date !== undefined && holds(date);
    };
}

/** Upper and lower case are the same, and no text is an empty one, as for `pint`. */
function textCondition(read: Read, operator: string, value: string): Condition | string | undefined {
    const wanted = value.toLowerCase();
    const contains: Condition = (image) => (read(image) ?? "").toLowerCase().includes(wanted);
    switch (operator) {
        case "~":
            return contains;
        case "!":
            return (image) => !contains(image);
        case "%":
            return regularExpression(read, value);
        default:
            return undefined;
    }
}

/** Python's `re.match`, by which `pint` compares, holds the expression to the start of the text, not to its end. */
function regularExpression(read: Read, value: string): Condition | string {
    try {
        const expression = new RegExp(`^(?:${value})`, "i");
        // By itself too, or `a)|(b` would close what is put around it.
        new RegExp(value);
        // Some are found to be too large at their first use only.
        expression.test("");
        return (image) => expression.test(read(image) ?? "");
    } catch (error) {
        return `${JSON.stringify(value)} is no regular expression: ${(error as Error).message}`;
    }
}

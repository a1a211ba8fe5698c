import { invalid } from "./inputs";
import type { Occupied } from "./state";

type Predicate = (candidate: Occupied) => boolean;
type Test = (value: string) => boolean;

const token =
    /\s*(\(|\)|\[|\]|,|&&|\|\||==|!=|>=|<=|=~|!~|!(?:in|exists)\b|!|>|<|'[^']*'|"[^"]*"|[^\s()[\],=!<>~&|'"]+)/y;

/** The words for the signs, and what each sign denies. */
const operators: Readonly<Record<string, string>> = {
    equals: "==",
    not_equals: "!=",
    greater_than: ">",
    greater_than_equal: ">=",
    less_than: "<",
    less_than_equal: "<=",
    not_exists: "!exists",
    not_in: "!in",
    matches: "=~",
    not_matches: "!~",
};
const denied: Readonly<Record<string, string>> = { "!=": "==", "!exists": "exists", "!in": "in", "!~": "=~" };

/**
 * Reads an expression of the cluster query language, such as
 * `attribute:ecs.instance-type =~ t3.* and task:group != service:web`.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 * Regular expressions are Java's there and JavaScript's here; one with brackets needs quotes.
 * @throws AwsError InvalidParameterException
 */
export function readClusterQuery(text: string): Predicate {
    const reader = new TokenReader(text);
    const predicate = readAny(reader);
    if (reader.peek() !== undefined) {
        throw reader.error();
    }
    return predicate;
}

class TokenReader {
    private readonly tokens: readonly string[];
    private position = 0;

    constructor(private readonly text: string) {
        const tokens: string[] = [];
        token.lastIndex = 0;
        let at = 0;
        for (let match = token.exec(text); match !== null; match = token.exec(text)) {
            tokens.push(match[1] ?? "");
            at = token.lastIndex;
        }
        this.tokens = tokens;
        if (text.slice(at).trim() !== "" || tokens.length === 0) {
            throw this.error();
        }
    }

    peek(): string | undefined {
        return this.tokens[this.position];
    }

    /** Steps over one of these, if it is next. */
    accept(...wanted: readonly string[]): boolean {
        const matches = wanted.includes(this.peek()?.toLowerCase() ?? "");
        this.position += matches ? 1 : 0;
        return matches;
    }

    next(): string {
        const found = this.peek();
        if (found === undefined) {
            throw this.error();
        }
        this.position += 1;
        return found;
    }

    /** A literal, without its quotes. */
    literal(): string {
        return this.next().replace(/^(['"])(.*)\1$/s, "$2");
    }

    expect(wanted: string): void {
        if (!this.accept(wanted)) {
            throw this.error();
        }
    }

    error(): Error {
        return invalid(`Invalid expression: ${this.text}`);
    }
}

function readAny(reader: TokenReader): Predicate {
    const parts = [readAll(reader)];
    while (reader.accept("or", "||")) {
        parts.push(readAll(reader));
    }
    return (candidate) => parts.some((part) => part(candidate));
}

function readAll(reader: TokenReader): Predicate {
    const parts = [readOne(reader)];
    while (reader.accept("and", "&&")) {
        parts.push(readOne(reader));
    }
    return (candidate) => parts.every((part) => part(candidate));
}

function readOne(reader: TokenReader): Predicate {
    if (reader.accept("not", "!")) {
        const inner = readOne(reader);
        return (candidate) => !inner(candidate);
    }
    if (reader.accept("(")) {
        const inner = readAny(reader);
        reader.expect(")");
        return inner;
    }
    const subject = readSubject(reader);
    const word = reader.next().toLowerCase();
    const operator = operators[word] ?? word;
    const test = readTest(reader, denied[operator] ?? operator);
    const holds: Predicate = (candidate) => subject(candidate).some(test);
    return operator in denied ? (candidate) => !holds(candidate) : holds;
}

/** What an expression looks at: a host has one value of it, none, or one for each of its tasks. */
function readSubject(reader: TokenReader): (candidate: Occupied) => readonly string[] {
    const subject = reader.next();
    const [kind, name] = splitOnce(subject);
    if (kind === "attribute" && name !== undefined) {
        return ({ host }) => (name in host.attributes ? [host.attributes[name] ?? ""] : []);
    }
    switch (subject) {
        case "agentConnected":
            return ({ host }) => [String(host.agentConnected)];
        case "agentVersion":
            return ({ host }) => [host.agentVersion];
        case "ec2InstanceId":
            return ({ host }) => (host.ec2InstanceId === undefined ? [] : [host.ec2InstanceId]);
        case "registeredAt":
            return ({ host }) => [new Date(host.registeredAtSeconds * 1000).toISOString()];
        case "runningTasksCount":
            return ({ tasks }) => [String(tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length)];
        case "task:group":
            return ({ tasks }) => tasks.map(({ group }) => group);
        default:
            throw reader.error();
    }
}

function readTest(reader: TokenReader, operator: string): Test {
    switch (operator) {
        case "exists":
            return () => true;
        case "in":
            return isOneOf(readList(reader));
        case "=~":
            return matches(reader);
        case "==":
            return comparing(reader, (order) => order === 0);
        case ">":
            return comparing(reader, (order) => order > 0);
        case ">=":
            return comparing(reader, (order) => order >= 0);
        case "<":
            return comparing(reader, (order) => order < 0);
        case "<=":
            return comparing(reader, (order) => order <= 0);
        default:
            throw reader.error();
    }
}

function isOneOf(wanted: readonly string[]): Test {
    return (value) => wanted.includes(value);
}

function readList(reader: TokenReader): readonly string[] {
    reader.expect("[");
    const values = [reader.literal()];
    while (reader.accept(",")) {
        values.push(reader.literal());
    }
    reader.expect("]");
    return values;
}

function matches(reader: TokenReader): Test {
    try {
        const pattern = new RegExp(`^(?:${reader.literal()})$`);
        return (value) => pattern.test(value);
    } catch {
        throw reader.error();
    }
}

function comparing(reader: TokenReader, holds: (order: number) => boolean): Test {
    const wanted = reader.literal();
    return (value) => holds(compare(value, wanted));
}

/** Orders numbers, dates and versions each by its own kind, and all else as text. */
function compare(value: string, wanted: string): number {
    if (/^\d{4}-\d\d-\d\d/.test(value)) {
        return Date.parse(value) - Date.parse(wanted);
    }
    return value === wanted ? 0 : value.localeCompare(wanted, "en", { numeric: true });
}

function splitOnce(text: string): readonly [string, string | undefined] {
    const at = text.indexOf(":");
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

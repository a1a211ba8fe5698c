import { AwsError } from "../front/awsError";

/** What a filter may ask of one container instance. */
export interface QuerySubject {
    /** Value of `attribute:<name>`, `ec2InstanceId`, `agentConnected`, ...; undefined where there is none. */
    value(subject: string): string | undefined;
    /** Values of `task:<property>` of its tasks. */
    taskValues(property: string): readonly string[];
}

type Predicate = (subject: QuerySubject) => boolean;

const tokenPattern =
    /\s*(\(|\)|\[|\]|,|==|!=|>=|<=|=~|!~|>|<|!(?=in\b|exists\b)|'[^']*'|"[^"]*"|[^\s()[\],=!<>~]+)/y;

/**
 * Reads a filter of Amazon ECS's cluster query language, such as
 * `attribute:ecs.instance-type =~ t3.* and agentConnected == true`.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 * @throws AwsError InvalidParameterException
 */
export function parseClusterQuery(text: string): Predicate {
    const parser = new Parser(tokens(text), text);
    return parser.whole();
}

function tokens(text: string): string[] {
    const found: string[] = [];
    tokenPattern.lastIndex = 0;
    while (text.slice(tokenPattern.lastIndex).trim() !== "") {
        const [, token] = tokenPattern.exec(text) ?? [];
        if (token === undefined) {
            throw invalid(text);
        }
        found.push(token);
    }
    return found;
}

class Parser {
    private position = 0;

    constructor(
        private readonly tokens: readonly string[],
        private readonly text: string,
    ) {}

    whole(): Predicate {
        const predicate = this.or();
        if (this.position < this.tokens.length) {
            throw invalid(this.text);
        }
        return predicate;
    }

    private or(): Predicate {
        let left = this.and();
        while (this.accept("or") || this.accept("||")) {
            const [before, right] = [left, this.and()];
            left = (subject) => before(subject) || right(subject);
        }
        return left;
    }

    private and(): Predicate {
        let left = this.not();
        while (this.accept("and") || this.accept("&&")) {
            const [before, right] = [left, this.not()];
            left = (subject) => before(subject) && right(subject);
        }
        return left;
    }

    private not(): Predicate {
        if (this.accept("not")) {
            const inner = this.not();
            return (subject) => !inner(subject);
        }
        if (this.accept("(")) {
            const inner = this.or();
            this.expect(")");
            return inner;
        }
        return this.comparison();
    }

    private comparison(): Predicate {
        const subject = this.next();
        const negated = this.accept("!");
        const operator = this.next().toLowerCase();
        if (operator === "exists") {
            return negate(negated, (one) => valuesOf(one, subject).length > 0);
        }
        if (operator === "in") {
            const wanted = this.list();
            return negate(negated, (one) => valuesOf(one, subject).some((value) => wanted.includes(value)));
        }
        const test = comparisons[operator];
        if (test === undefined || negated) {
            throw invalid(this.text);
        }
        const wanted = unquote(this.next());
        const absent = operator === "!=" || operator === "!~";
        return (one) => {
            const values = valuesOf(one, subject);
            return absent
                ? values.every((value) => test(value, wanted))
                : values.some((value) => test(value, wanted));
        };
    }

    private list(): string[] {
        const close = this.accept("[") ? "]" : ")";
        if (close === ")") {
            this.expect("(");
        }
        const values: string[] = [];
        while (!this.accept(close)) {
            if (!this.accept(",")) {
                values.push(unquote(this.next()));
            }
        }
        return values;
    }

    private next(): string {
        const token = this.tokens[this.position];
        if (token === undefined) {
            throw invalid(this.text);
        }
        this.position += 1;
        return token;
    }

    private accept(token: string): boolean {
        const matches = this.tokens[this.position]?.toLowerCase() === token;
        this.position += matches ? 1 : 0;
        return matches;
    }

    private expect(token: string): void {
        if (!this.accept(token)) {
            throw invalid(this.text);
        }
    }
}

const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
    "==": (value, wanted) => value === wanted,
    equals: (value, wanted) => value === wanted,
    "!=": (value, wanted) => value !== wanted,
    ">": (value, wanted) => compare(value, wanted) > 0,
    ">=": (value, wanted) => compare(value, wanted) >= 0,
    "<": (value, wanted) => compare(value, wanted) < 0,
    "<=": (value, wanted) => compare(value, wanted) <= 0,
    "=~": (value, wanted) => new RegExp(`^(?:${wanted})$`).test(value),
    "!~": (value, wanted) => !new RegExp(`^(?:${wanted})$`).test(value),
};

function compare(value: string, wanted: string): number {
    const [left, right] = [Number(value), Number(wanted)];
    return Number.isNaN(left) || Number.isNaN(right) ? value.localeCompare(wanted) : left - right;
}

function valuesOf(one: QuerySubject, subject: string): readonly string[] {
    if (subject.startsWith("task:")) {
        return one.taskValues(subject.slice("task:".length));
    }
    const value = one.value(subject);
    return value === undefined ? [] : [value];
}

function negate(negated: boolean, predicate: Predicate): Predicate {
    return negated ? (subject) => !predicate(subject) : predicate;
}

function unquote(token: string): string {
    return token.replace(/^(['"])(.*)\1$/, "$2");
}

function invalid(text: string): AwsError {
    return new AwsError("InvalidParameterException", `Invalid filter expression: ${text}`);
}

/** An IAM policy document as IAM keeps it: single values may stand where lists may. */
export interface PolicyDocument {
    readonly Statement?: OneOrMany<PolicyStatement>;
}

type OneOrMany<Value> = Value | readonly Value[];

export interface PolicyStatement {
    readonly Effect?: string;
    readonly Action?: OneOrMany<string>;
    readonly NotAction?: OneOrMany<string>;
    readonly Resource?: OneOrMany<string>;
    readonly NotResource?: OneOrMany<string>;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;
}

/** A call as IAM sees it. */
export interface PolicyRequest {
    readonly action: string;
    /** ARN, or `*` for actions that know no resources. */
    readonly resource: string;
    /** Condition keys of the request, such as `ecs:cluster`. */
    readonly context: Readonly<Record<string, string>>;
}

/**
 * Whether policies allow a call: an explicit denial wins, and what is not allowed is denied. A condition that cannot
 * be judged here, by its operator, allows nothing and denies all the same: a policy is taken too narrow rather than
 * too wide.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(documents: readonly PolicyDocument[], request: PolicyRequest): boolean {
    return evaluate(documents, request).decision === "allowed";
}

/** What IAM's policy simulator tells of a call. */
export interface Evaluation {
    readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
    /** Condition keys that policies ask for and that the call does not carry. */
    readonly missingKeys: readonly string[];
}

/** Evaluates policies for a call, as `isAllowed` says. */
export function evaluate(documents: readonly PolicyDocument[], request: PolicyRequest): Evaluation {
    const concerned = documents
        .flatMap(({ Statement }) => many(Statement))
        .filter((statement) => concerns(statement, request));
    const applies = (effect: "Allow" | "Deny"): boolean =>
        concerned
            .filter(({ Effect }) => Effect === effect)
            .some((statement) => conditionsHold(statement, request, effect === "Deny"));
    const keys = concerned.flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap(Object.keys));
    return {
        decision: applies("Deny") ? "explicitDeny" : applies("Allow") ? "allowed" : "implicitDeny",
        missingKeys: [...new Set(keys)].filter((key) => contextValue(request.context, key) === undefined),
    };
}

function concerns(statement: PolicyStatement, { action, resource }: PolicyRequest): boolean {
    const action_ = action.toLowerCase();
    const fitsAction = (pattern: string) => like(action_, pattern.toLowerCase());
    const fitsResource = (pattern: string) => like(resource, pattern) || resource === "*";
    return (
        (statement.NotAction === undefined
            ? many(statement.Action).some(fitsAction)
            : !many(statement.NotAction).some(fitsAction)) &&
        (statement.NotResource === undefined
            ? many(statement.Resource).some(fitsResource)
            : !many(statement.NotResource).some(fitsResource))
    );
}

/** @param unknownHolds what a condition with an unknown operator counts as */
function conditionsHold(
    statement: PolicyStatement,
    { context }: PolicyRequest,
    unknownHolds: boolean,
): boolean {
    return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(
            ([key, wanted]) => holds(operator, contextValue(context, key), many(wanted)) ?? unknownHolds,
        ),
    );
}

/**
 * Operators that hold where the key is missing, for there is nothing that they exclude.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const negated = /^(String|Arn|Numeric|Date)Not|^NotIpAddress$/;

/** Whether a condition holds; undefined where that cannot be judged here. */
function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean | undefined {
    const name = operator.replace(/^ForAnyValue:/, "");
    const plain = name.replace(/IfExists$/, "");
    if (plain === "Null") {
        return wanted.some((expected) => (expected === "true") === (value === undefined));
    }
    if (value === undefined) {
        return unjudged(plain) ? undefined : name !== plain || negated.test(plain);
    }
    switch (plain) {
        case "StringEquals":
            return wanted.includes(value);
        case "StringNotEquals":
            return !wanted.includes(value);
        case "StringNotEqualsIgnoreCase":
            return !wanted.some((expected) => expected.toLowerCase() === value.toLowerCase());
        case "StringEqualsIgnoreCase":
            return wanted.some((expected) => expected.toLowerCase() === value.toLowerCase());
        case "StringLike":
        case "ArnLike":
        case "ArnEquals":
            return wanted.some((pattern) => like(value, pattern));
        case "StringNotLike":
        case "ArnNotLike":
        case "ArnNotEquals":
            return !wanted.some((pattern) => like(value, pattern));
        default:
            return undefined;
    }
}

/** What a host's calls carry of addresses, dates and numbers is not known here, nor are sets of values. */
function unjudged(operator: string): boolean {
    return !/^(String|Arn)(Not)?(Equals|Like)$|^String(Not)?EqualsIgnoreCase$/.test(operator);
}

/** Condition keys are written in any case. */
function contextValue(context: PolicyRequest["context"], key: string): string | undefined {
    return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function like(value: string, pattern: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${expression}$`, "s").test(value);
}

function many<Value>(value: OneOrMany<Value> | undefined): readonly Value[] {
    if (value === undefined) {
        return [];
    }
    return isMany(value) ? value : [value];
}

function isMany<Value>(value: OneOrMany<Value>): value is readonly Value[] {
    return Array.isArray(value);
}

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
 * Whether policies allow a call: an explicit denial wins, and what is not allowed is denied. Operators that
 * are not known here never match, so that a policy is taken too narrow rather than too wide.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(documents: readonly PolicyDocument[], request: PolicyRequest): boolean {
    const matching = documents
        .flatMap(({ Statement }) => many(Statement))
        .filter((statement) => matches(statement, request));
    return (
        matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny")
    );
}

function matches(statement: PolicyStatement, { action, resource, context }: PolicyRequest): boolean {
    const action_ = action.toLowerCase();
    const fitsAction = (pattern: string) => like(action_, pattern.toLowerCase());
    const fitsResource = (pattern: string) => like(resource, pattern) || resource === "*";
    return (
        (statement.NotAction === undefined
            ? many(statement.Action).some(fitsAction)
            : !many(statement.NotAction).some(fitsAction)) &&
        (statement.NotResource === undefined
            ? many(statement.Resource).some(fitsResource)
            : !many(statement.NotResource).some(fitsResource)) &&
        Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
            Object.entries(keys).every(([key, wanted]) =>
                holds(operator, contextValue(context, key), many(wanted)),
            ),
        )
    );
}

function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
    const name = operator.replace(/^ForAnyValue:/, "");
    const plain = name.replace(/IfExists$/, "");
    if (plain === "Null") {
        return wanted.some((expected) => (expected === "true") === (value === undefined));
    }
    if (value === undefined) {
        return name !== plain;
    }
    switch (plain) {
        case "StringEquals":
            return wanted.includes(value);
        case "StringNotEquals":
            return !wanted.includes(value);
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
            return false;
    }
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

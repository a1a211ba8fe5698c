/** What an endpoint's policy says to a call; `unknown` where it depends on more than can be seen. */
export type PolicyVerdict = "allowed" | "denied" | "unknown";

/** A call that nobody signs. */
interface AnonymousCall {
    /** Such as `s3:GetObject`. */
    readonly action: string;
    /** ARN. */
    readonly resource: string;
}

interface Statement {
    readonly Effect?: unknown;
    readonly Principal?: unknown;
    readonly NotPrincipal?: unknown;
    readonly Action?: unknown;
    readonly NotAction?: unknown;
    readonly Resource?: unknown;
    readonly NotResource?: unknown;
    readonly Condition?: unknown;
}

/**
 * Evaluates an endpoint's policy as IAM does: a denial stands over what is allowed, and what nothing allows is denied (IAM user
 * guide, "Policy evaluation logic"). Without a policy of its own an endpoint lets everything through
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
export function judgeAnonymous(policy: string | undefined, call: AnonymousCall): PolicyVerdict {
    if (policy === undefined || policy === "") {
        return "allowed";
    }
    const fitting = statementsOf(policy)?.filter((statement) => fits(statement, call));
    if (fitting === undefined) {
        return "unknown";
    }
    const says = (effect: string, isConditional: boolean) =>
        fitting.some(
            ({ Effect, Condition }) => Effect === effect && isConditional === (Condition !== undefined),
        );
    if (says("Deny", false)) {
        return "denied";
    }
    const allowed = says("Allow", false);
    if (!allowed && !says("Allow", true)) {
        return "denied";
    }
    return allowed && !says("Deny", true) ? "allowed" : "unknown";
}

function statementsOf(policy: string): readonly Statement[] | undefined {
    try {
        const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: unknown };
        return [statements].flat().filter((one): one is Statement => typeof one === "object" && one !== null);
    } catch {
        return undefined;
    }
}

function fits(statement: Statement, { action, resource }: AnonymousCall): boolean {
    const { Action, NotAction, Resource, NotResource } = statement;
    const isAction = Action === undefined ? !matches(NotAction, action, "i") : matches(Action, action, "i");
    const isResource =
        Resource === undefined ? !matches(NotResource, resource, "") : matches(Resource, resource, "");
    return isAction && isResource && isForEverybody(statement);
}

/** Nobody in particular is meant by `*` alone (IAM user guide, "AWS JSON policy elements: Principal"). */
function isForEverybody({ Principal, NotPrincipal }: Statement): boolean {
    if (Principal === undefined) {
        return NotPrincipal !== undefined;
    }
    const named: unknown =
        typeof Principal === "object" && Principal !== null
            ? (Principal as { readonly AWS?: unknown }).AWS
            : Principal;
    return [named].flat().includes("*");
}

/** Whether one of a policy's patterns, with `*` and `?`, fits. */
function matches(patterns: unknown, text: string, flags: "" | "i"): boolean {
    return [patterns].flat().some((pattern) => {
        if (typeof pattern !== "string") {
            return false;
        }
        const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
        return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags).test(text);
    });
}

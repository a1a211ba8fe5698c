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

/** Whether a statement is about a call, as far as can be told. */
type Fit = "yes" | "maybe" | "no";

/**
 * Evaluates an endpoint's policy as IAM does: a denial stands over what is allowed, and what nothing allows is denied (IAM user
 * guide, "Policy evaluation logic"). Without a policy of its own an endpoint lets everything through
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
function judge(policy: string | undefined, fit: (statement: Statement) => Fit): PolicyVerdict {
    if (policy === undefined || policy === "") {
        return "allowed";
    }
    const statements = statementsOf(policy);
    if (statements === undefined) {
        return "unknown";
    }
    const says = (effect: string, wanted: Fit) =>
        statements.some((statement) => {
            const found = fit(statement);
            const sure = found === "yes" && statement.Condition !== undefined ? "maybe" : found;
            return statement.Effect === effect && sure === wanted;
        });
    if (says("Deny", "yes")) {
        return "denied";
    }
    const allowed = says("Allow", "yes");
    if (!allowed && !says("Allow", "maybe")) {
        return "denied";
    }
    return allowed && !says("Deny", "maybe") ? "allowed" : "unknown";
}

/** What a policy says to a call that nobody signs. */
export function judgeAnonymous(policy: string | undefined, call: AnonymousCall): PolicyVerdict {
    return judge(policy, (statement) => (fits(statement, call) ? "yes" : "no"));
}

/** What a policy says to a call of hosts, of whose role and cluster nothing is known here. */
export function judgeOfHosts(policy: string | undefined, action: string): PolicyVerdict {
    return judge(policy, (statement) => {
        if (!isAboutAction(statement, action)) {
            return "no";
        }
        const isAboutEverything =
            statement.Resource !== undefined && [statement.Resource].flat().includes("*");
        return isAboutEverything && isForEverybody(statement) ? "yes" : "maybe";
    });
}

function statementsOf(policy: string): readonly Statement[] | undefined {
    try {
        const { Statement: statements } = JSON.parse(policy) as { readonly Statement?: unknown };
        return [statements].flat().filter((one): one is Statement => typeof one === "object" && one !== null);
    } catch {
        return undefined;
    }
}

function isAboutAction({ Action, NotAction }: Statement, action: string): boolean {
    return Action === undefined ? !matches(NotAction, action, "i") : matches(Action, action, "i");
}

function fits(statement: Statement, { action, resource }: AnonymousCall): boolean {
    const { Resource, NotResource } = statement;
    const isResource =
        Resource === undefined ? !matches(NotResource, resource, "") : matches(Resource, resource, "");
    return isAboutAction(statement, action) && isResource && isForEverybody(statement);
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

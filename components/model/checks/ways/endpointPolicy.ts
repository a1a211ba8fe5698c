import {
    awsPrincipals,
    fitsPattern,
    isAboutAction,
    statementsOf,
    type WrittenStatement,
} from "../../iam/policyStatements";

/** What an endpoint's policy says to a call; `unknown` where it depends on more than can be seen. */
export type PolicyVerdict = "allowed" | "denied" | "unknown";

/** A call that nobody signs. */
interface AnonymousCall {
    /** Such as `s3:GetObject`. */
    readonly action: string;
    /** ARN. */
    readonly resource: string;
}

/** Whether a statement is about a call, as far as can be told. */
type Fit = "yes" | "maybe" | "no";

/**
 * Evaluates an endpoint's policy as IAM does: a denial stands over what is allowed, and what nothing allows is denied (IAM user
 * guide, "Policy evaluation logic"). Without a policy of its own an endpoint lets everything through
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
function judge(policy: string | undefined, fit: (statement: WrittenStatement) => Fit): PolicyVerdict {
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

function fits(statement: WrittenStatement, { action, resource }: AnonymousCall): boolean {
    const { Resource, NotResource } = statement;
    const isResource =
        Resource === undefined
            ? !fitsPattern(NotResource, resource, "")
            : fitsPattern(Resource, resource, "");
    return isAboutAction(statement, action) && isResource && isForEverybody(statement);
}

/** Nobody in particular is meant by `*` alone (IAM user guide, "AWS JSON policy elements: Principal"). */
function isForEverybody(statement: WrittenStatement): boolean {
    return statement.Principal === undefined
        ? statement.NotPrincipal !== undefined
        : awsPrincipals(statement).includes("*");
}

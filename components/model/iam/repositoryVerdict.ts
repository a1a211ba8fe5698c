import type { Verdict } from "../checks/reads";
import { awsPrincipals, isAboutAction, statementsOf, type WrittenStatement } from "./policyStatements";

/** What a role's own policies say to a call, and whether another policy could still let it. */
export interface OwnVerdict {
    readonly verdict: Verdict;
    /** An explicit denial, or one by a boundary or an organization: nothing overrides it. */
    readonly isFinal: boolean;
}

/**
 * What a repository's policy makes of a call of a role of its own account. To name the role is enough there, without any policy of
 * the role (IAM user guide, "Policy evaluation logic"); one that only names the account leaves it to the role. What denies, or cannot
 * be judged from outside, is a doubt.
 */
export function withRepositoryPolicy(
    policy: string | undefined,
    roleArn: string,
    action: string,
    { verdict, isFinal }: OwnVerdict,
): Verdict {
    if (policy === undefined || (verdict === "denied" && isFinal)) {
        return verdict;
    }
    const statements = statementsOf(policy);
    if (statements === undefined) {
        return "unknown";
    }
    const about = statements.filter((one) => isAboutAction(one, action));
    if (about.some(({ Effect }) => Effect !== "Allow")) {
        return "unknown";
    }
    const allowing = about.filter((one) => names(one, roleArn));
    if (verdict === "allowed" || allowing.some(isPlain)) {
        return "allowed";
    }
    return allowing.length > 0 ? "unknown" : verdict;
}

function names(statement: WrittenStatement, roleArn: string): boolean {
    return (
        statement.NotPrincipal !== undefined ||
        awsPrincipals(statement).some((one) => one === roleArn || one === "*")
    );
}

/** It says whom and what it means, and asks for nothing else. */
function isPlain({ NotPrincipal, NotAction, Condition }: WrittenStatement): boolean {
    return NotPrincipal === undefined && NotAction === undefined && Condition === undefined;
}

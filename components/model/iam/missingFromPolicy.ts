import type { ResolvedCreatedRole } from "../settings/sections/instanceRole";
import { managedPolicyActions } from "./managedPolicy";
import { susePolicy } from "./susePolicy";

/** Which of these actions a role with that policy may not call; `leastPrivilege` has what the settings need. */
export function missingFromPolicy(
    policy: ResolvedCreatedRole["policy"],
    actions: readonly string[],
): readonly string[] {
    switch (policy) {
        case "leastPrivilege":
            return [];
        case "suse":
            return notAllowed(
                actions,
                susePolicy.Statement.flatMap(({ Action }) => Action),
            );
        case "awsManaged":
            return notAllowed(actions, managedPolicyActions);
    }
}

function notAllowed(actions: readonly string[], allowed: readonly string[]): readonly string[] {
    return actions.filter(
        (action) =>
            !allowed.some((one) =>
                one.endsWith("*") ? action.startsWith(one.slice(0, -1)) : action === one,
            ),
    );
}

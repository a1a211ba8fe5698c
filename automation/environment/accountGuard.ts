import { checkPlace } from "../../components/model/checks/place";
import type { Caller } from "../ports/aws";
import { warningsOf } from "../preflight/warnings";

/**
 * Refuses to look for an environment where it is not: there nothing would be found, and all would count as gone.
 * @param clusterArn of the cluster in the environment's state; without one nothing can be said
 * @throws AppError AWS_ACCOUNT_MISMATCH
 */
export function requireSamePlace(caller: Caller, clusterArn: string | undefined): void {
    warningsOf(checkPlace(caller, clusterArn));
}

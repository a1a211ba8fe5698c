import { refusedStart, type Findings } from "../../components/model/checks/finding";
import { checkPlace } from "../../components/model/checks/place";
import type { Caller } from "../../components/model/checks/reads";
import { AppError } from "../errors/appError";
import { wordNextStep } from "../errors/wordNextStep";

/**
 * The findings that are only shown.
 * @throws AppError with one line a refusal, where there is any
 */
export function warningsOf(findings: Findings): Findings {
    const refused = refusedStart(findings, wordNextStep);
    if (refused !== undefined) {
        const { code, nextStep: hint, ...rest } = refused;
        throw new AppError(code, { ...rest, hint });
    }
    return findings;
}

/**
 * Refuses to look for an environment where it is not: there nothing would be found, and all would count as gone.
 * @param clusterArn of the cluster in the environment's state; without one nothing can be said
 * @throws AppError AWS_ACCOUNT_MISMATCH
 */
export function requireSamePlace(caller: Caller, clusterArn: string | undefined): void {
    warningsOf(checkPlace(caller, clusterArn));
}

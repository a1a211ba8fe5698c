import { refusedStart, type CheckCode, type Findings } from "../../components/model/checks/finding";
import type { Problem } from "../../components/model/problem";
import { AppError } from "../errors/appError";
import { wordNextStep } from "../errors/wordNextStep";
import type { Progress } from "../ports/progress";
import { describeProblem } from "../settings/environmentSettings";

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

/** Tells warnings, a line each. */
export function tellWarnings(progress: Pick<Progress, "note">, warnings: readonly Problem[]): void {
    for (const warning of warnings) {
        progress.note(`warning: ${describeProblem(warning)}`);
    }
}

/**
 * Tells what checks warn of, where a command makes them more than once: the later ones come upon what the first have
 * told, so that of each kind only the first are told.
 * @param told codes of what the command has told, which grow
 */
export function tellNewWarnings(
    progress: Pick<Progress, "note">,
    findings: Findings,
    told: Set<CheckCode>,
): void {
    tellWarnings(
        progress,
        findings.filter(({ code }) => !told.has(code)),
    );
    findings.forEach(({ code }) => told.add(code));
}

import { line, type Line } from "../../components/model/commandLine";
import type { Problem } from "../../components/model/problem";
import type { ErrorCode } from "../errors/errorCatalogue";
import { AppError } from "../errors/appError";

/** Something that AWS, rather than the schema, has against the settings. */
export interface Finding extends Problem {
    readonly code: ErrorCode;
    /** More on what is wrong, one line each. */
    readonly details?: readonly string[];
}

/** What one check found; empty when all is well. */
export type Findings = readonly Finding[];

/** A finding that refuses the start. */
export function refusal(code: ErrorCode, path: string, message: string, hint?: Line): Finding {
    return { code, path, message, severity: "error", hint };
}

/** A finding that is only shown. */
export function warning(code: ErrorCode, path: string, message: string, hint?: Line): Finding {
    return { ...refusal(code, path, message, hint), severity: "warning" };
}

/**
 * The findings that are only shown.
 * @throws AppError with one line a refusal, where there is any; its code is that of the refusals, PREFLIGHT_FAILED when
 * they differ
 */
export function warningsOf(findings: Findings): Findings {
    const refusals = findings.filter((finding) => finding.severity === "error");
    if (refusals.length > 0) {
        throw refuse(refusals);
    }
    return findings;
}

function refuse(refusals: readonly Finding[]): AppError {
    const [first] = refusals;
    const code =
        first !== undefined && refusals.every((one) => one.code === first.code) ? first.code : undefined;
    const only = refusals.length === 1 ? first : undefined;
    return new AppError(code ?? "PREFLIGHT_FAILED", {
        message:
            only === undefined
                ? `AWS has ${refusals.length} objections to the settings; nothing has been changed`
                : `${only.path}: ${only.message}; nothing has been changed`,
        details: only === undefined ? refusals.flatMap(lines) : (only.details ?? []),
        hint: only?.hint,
    });
}

function lines(finding: Finding): readonly Line[] {
    const hint = finding.hint === undefined ? "" : line` (${finding.hint})`;
    return [
        line`${finding.path}: ${finding.message}${hint} [${finding.code}]`,
        ...(finding.details ?? []).map((detail) => `  ${detail}`),
    ];
}

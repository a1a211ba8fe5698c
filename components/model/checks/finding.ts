import { line, type Line } from "../commandLine";
import type { NextStep, WordNextStep } from "../nextStep";
import { placed, problemLine, type Problem } from "../problem";

/** What kind of problem a check found; the codes of the errors that people see. */
export type CheckCode =
    | "AGENT_TOO_OLD"
    | "AGENT_VERSION_UNKNOWN"
    | "AWS_ACCESS_DENIED"
    | "AWS_ACCOUNT_MISMATCH"
    | "AWS_FAILED"
    | "CLUSTER_IS_OWN"
    | "CLUSTER_NAME_TAKEN"
    | "CLUSTER_NOT_FOUND"
    | "ENCRYPTION_KEY_UNUSABLE"
    | "IMAGES_OUT_OF_REACH"
    | "IMAGE_LOCK_WRONG"
    | "IMAGE_NOT_FOUND"
    | "IMAGE_RETIRED"
    | "INSTANCE_PROFILE_NOT_FOUND"
    | "INSTANCE_PROFILE_TOO_NARROW"
    | "INSTANCE_TYPE_NOT_OFFERED"
    | "KEPT_REPOSITORY_TAKEN_UP"
    | "KEPT_REPOSITORY_WILL_GO"
    | "KEPT_VOLUME_TAKEN_UP"
    | "KEPT_VOLUME_UNUSABLE"
    | "KEPT_VOLUME_WILL_GO"
    | "KEY_PAIR_NOT_FOUND"
    | "LOG_GROUP_TAKEN"
    | "NO_DEFAULT_VPC"
    | "NO_ROUTE_TO_ECS"
    | "NO_ROUTE_TO_S3"
    | "NO_ROUTE_TO_SUSE"
    | "PINT_UNAVAILABLE"
    | "REPOSITORY_NAME_TAKEN"
    | "REPOSITORY_UNUSABLE"
    | "SECURITY_GROUP_NOT_FOUND"
    | "SETTINGS_INVALID"
    | "SUBNET_IN_ANOTHER_VPC"
    | "SUBNET_NOT_FOUND"
    | "VCPU_QUOTA_TOO_SMALL"
    | "VOLUME_CANNOT_SHRINK";

/** Something that AWS, rather than the schema, has against the settings. */
export interface Finding extends Problem {
    readonly code: CheckCode;
    /** More on what is wrong, one line each. */
    readonly details?: readonly string[];
}

/** The code of an error by which AWS leaves a question open; undefined for any other. */
export function unansweredCode(error: unknown): "AWS_ACCESS_DENIED" | "AWS_FAILED" | undefined {
    return (["AWS_ACCESS_DENIED", "AWS_FAILED"] as const).find(
        (code) => error instanceof Error && (error as { readonly code?: unknown }).code === code,
    );
}

/**
 * A question that AWS leaves open, as a finding.
 * @throws the error, where it is any other
 */
export function couldNotCheck(path: string, what: string, error: unknown): Finding {
    const code = unansweredCode(error);
    if (code !== undefined && error instanceof Error) {
        return warning(code, path, `could not check ${what}: ${error.message}`);
    }
    throw error;
}

/** What one check found; empty when all is well. */
export type Findings = readonly Finding[];

/** A finding that refuses the start. */
export function refusal(code: CheckCode, path: string, message: string, hint?: NextStep): Finding {
    return { code, path, message, severity: "error", hint };
}

/** A finding that is only shown. */
export function warning(code: CheckCode, path: string, message: string, hint?: NextStep): Finding {
    return { ...refusal(code, path, message, hint), severity: "warning" };
}

/** Refusals as the one error that they make together. */
export interface RefusedStart {
    /** That of the refusals; PREFLIGHT_FAILED when they differ. */
    readonly code: CheckCode | "PREFLIGHT_FAILED";
    readonly message: string;
    /** One line a refusal, unless there is only one, and what else belongs to it. */
    readonly details: readonly Line[];
    readonly nextStep?: Line;
}

/** What every door says of findings that refuse the start; undefined where none does. */
export function refusedStart(findings: Findings, word: WordNextStep): RefusedStart | undefined {
    const refusals = findings.filter((finding) => finding.severity === "error");
    const [first] = refusals;
    if (first === undefined) {
        return undefined;
    }
    if (refusals.length === 1) {
        const { code, details = [], hint } = first;
        const nextStep = hint === undefined ? undefined : word(hint);
        return { code, message: `${placed(first)}; nothing has been changed`, details, nextStep };
    }
    return {
        code: refusals.every((one) => one.code === first.code) ? first.code : "PREFLIGHT_FAILED",
        message: `AWS has ${refusals.length} objections to the settings; nothing has been changed`,
        details: refusals.flatMap((one) => [
            line`${problemLine(one, word)} [${one.code}]`,
            ...(one.details ?? []).map((detail) => `  ${detail}`),
        ]),
    };
}

import type { Problem } from "../../components/model/problem";
import type { ErrorCode } from "../errorCatalogue";

/** Something that AWS, rather than the schema, has against the settings. */
export interface Finding extends Problem {
    readonly code: ErrorCode;
}

/** What one check found; empty when all is well. */
export type Findings = readonly Finding[];

/** A finding that refuses the start. */
export function refusal(code: ErrorCode, path: string, message: string, hint?: string): Finding {
    return { code, path, message, severity: "error", ...(hint === undefined ? {} : { hint }) };
}

/** A finding that is only shown. */
export function warning(code: ErrorCode, path: string, message: string, hint?: string): Finding {
    return { ...refusal(code, path, message, hint), severity: "warning" };
}

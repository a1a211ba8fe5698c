import type { Clock } from "../ports/io";
import type { PintLimits } from "./fetchRecords";

export interface PintOptions {
    /** Tells where pint is. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Folder of the last answers, for when pint gives none. @default - none is kept */
    readonly folder?: string;
    readonly signal: AbortSignal;
    readonly clock: Pick<Clock, "now">;
    /** @default 10 s for each of two attempts */
    readonly limits?: PintLimits;
    /** For those who only want advice. @default 3 s for the only attempt */
    readonly adviceLimits?: PintLimits;
}

import { createColors } from "picocolors";

/** What a piece of text means; how it looks is decided here alone. */
export interface Theme {
    good(text: string): string;
    bad(text: string): string;
    doubtful(text: string): string;
    /** For what a reader may skip. */
    quiet(text: string): string;
    strong(text: string): string;
}

/** @param color Whether colours may be used; without them every text stays as it is. */
export function createTheme(color: boolean): Theme {
    const colors = createColors(color);
    return {
        good: colors.green,
        bad: colors.red,
        doubtful: colors.yellow,
        quiet: colors.dim,
        strong: colors.bold,
    };
}

/**
 * Whether a stream gets colours: only a terminal does, and never with NO_COLOR set to anything
 * (https://no-color.org) or TERM=dumb.
 */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
    return isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

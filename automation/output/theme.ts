import { createColors } from "picocolors";

import type { ResourceFate } from "../ports/engine";
import type { Io } from "../ports/io";

type Paint = (text: string) => string;

/** What a piece of text means; how it looks is decided here alone. */
export interface Theme {
    readonly good: Paint;
    readonly bad: Paint;
    readonly doubtful: Paint;
    /** For what a reader may skip. */
    readonly quiet: Paint;
    readonly strong: Paint;
    /** What to type next. */
    readonly next: Paint;
    /** A line of a plan, or a word of it, by what becomes of the resource. */
    readonly operation: (operation: ResourceFate, text: string) => string;
    /** The state of a host, a service or an environment, as its column tells it. */
    readonly state: Paint;
    readonly done: string;
    readonly working: string;
    readonly failed: string;
}

/** What a theme goes by; of a stream, whether it takes colours. */
interface Look {
    readonly color: boolean;
    /** @default false */
    readonly unicode?: boolean;
}

/**
 * Of the 256 colours of xterm, two that can be read on black and on white: the yellow and the cyan that a terminal chooses for itself
 * can hardly be seen on white.
 */
const shades = { amber: 166, teal: 31 } as const;

/** Without colours every text stays as it is; symbols are of ASCII where the terminal may know no others. */
export function createTheme({ color, unicode = false }: Look): Theme {
    const colors = createColors(color);
    const paint = (code: number): Paint =>
        color ? (text) => `\u001B[38;5;${code}m${text}\u001B[39m` : (text) => text;
    const [amber, teal] = [paint(shades.amber), paint(shades.teal)];
    const paints: Partial<Record<ResourceFate, Paint>> = {
        create: colors.green,
        import: colors.green,
        update: amber,
        replace: colors.magenta,
        delete: colors.red,
    };
    return {
        good: colors.green,
        bad: colors.red,
        doubtful: amber,
        quiet: colors.dim,
        strong: colors.bold,
        next: (text) => colors.bold(teal(text)),
        operation: (operation, text) => (paints[operation] ?? colors.dim)(text),
        state: (text) => {
            const meaning = stateMeanings.find(([words]) => words.test(text))?.[1];
            return meaning === undefined ? text : { ...colors, amber }[meaning](text);
        },
        done: colors.green(unicode ? "✓" : "ok"),
        working: teal(unicode ? "•" : "*"),
        failed: colors.red(unicode ? "✗" : "x"),
    };
}

/** The theme of what goes to stdout. */
export function themeOf({ color, unicode }: Pick<Io, "color" | "unicode">): Theme {
    return createTheme({ color, unicode });
}

/** Where words stand in columns, the first that fits counts. */
const stateMeanings = [
    [/^(connected|ready|up|active|running|current|ok)$/i, "green"],
    [/^(disconnected|terminated|shutting-down|failed|no agent|bad|no way)\b/i, "red"],
    [/^(stopp|pending|draining|outdated|updating|paused|empty|over since|unreadable|registering)/i, "amber"],
    [/^(not up|stays|inactive)$/i, "dim"],
] as const;

/** How the engine's steps are marked, as `pulumi` marks them. */
export const operationSymbols: Readonly<Record<ResourceFate, string>> = {
    create: "+",
    import: "=",
    update: "~",
    replace: "+-",
    delete: "-",
    retain: "-",
    same: " ",
    read: ">",
    refresh: "~",
    other: " ",
};

/** Paints the word that begins a line, wherever the line comes from: `error:`, `warning:`, `Next:`. */
export function paintHeads(text: string, { bad, doubtful, next }: Theme): string {
    return text
        .replace(/^error:/gm, bad)
        .replace(/^warning:/gm, doubtful)
        .replace(/^( *)(Next:)/gm, (_, blanks: string, head: string) => `${blanks}${next(head)}`);
}

/**
 * Whether a stream gets colours: a terminal does, and what FORCE_COLOR asks for (https://force-color.org); never with NO_COLOR
 * set to anything (https://no-color.org), and no terminal with TERM=dumb.
 */
export function wantsColor(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
    const forced = env["FORCE_COLOR"] ?? "";
    if ((env["NO_COLOR"] ?? "") !== "" || forced === "0" || forced === "false") {
        return false;
    }
    return forced !== "" || (isTerminal && env["TERM"] !== "dumb");
}

/** Whether the locale says that a terminal shows UTF-8; the first that is set counts (locale(7)). */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
    const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
    return /utf-?8/i.test(locale);
}

import stringWidth from "string-width";

import type { Io } from "../ports/io";
import { oneLine } from "./oneLine";
import { themeOf } from "./theme";

export type Cell = string | number | undefined;

/** How a table looks on a terminal; off one it is whole and plain. */
export interface TableLook {
    /** Columns that there are. @default - as many as the table needs */
    readonly columns?: number;
    /** Heads of the columns that are cut, or left out, where there are too few; the least important first. */
    readonly least?: readonly string[];
    /** How cells of a column are painted, by its head; widths are those of the plain text. */
    readonly paint?: Readonly<Record<string, (text: string) => string>>;
}

/** A table for stdout. @param states heads of the columns that tell how something is */
export function tableLook(
    io: Pick<Io, "stdoutIsTerminal" | "columns" | "color" | "unicode">,
    least: readonly string[] = [],
    states: readonly string[] = ["STATE", "STATUS"],
): TableLook {
    const { state } = themeOf(io);
    return {
        columns: io.stdoutIsTerminal ? io.columns : undefined,
        least,
        paint: Object.fromEntries(states.map((head) => [head, state])),
    };
}

const gap = "  ";
const ellipsis = "...";
/** Cut below that, a text says nothing any more. */
const narrowest = 8;

/**
 * A table without lines, so that `grep` and `awk` can work on it. Numbers stand to the right, a missing value is `-`.
 * Every line ends with a line break and none with blanks.
 */
export function renderTable(
    head: readonly string[],
    rows: readonly (readonly Cell[])[],
    look: TableLook = {},
): string {
    const lines = [head, ...rows.map((row) => row.map(showCell))];
    const wanted = head.map((_, column) =>
        lines.reduce((widest, line) => Math.max(widest, widthOf(line[column] ?? "")), 0),
    );
    const widths = fit(head, wanted, look);
    const isNumeric = head.map(
        (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
    );
    const pad = (text: string, column: number, isHead: boolean): string => {
        const shown = cut(text, widths[column] ?? 0);
        const blanks = " ".repeat((widths[column] ?? 0) - widthOf(shown));
        const painted = isHead ? shown : (look.paint?.[head[column] ?? ""]?.(shown) ?? shown);
        return isNumeric[column] === true ? blanks + painted : painted + blanks;
    };
    return lines
        .map((line, index) =>
            line.flatMap((text, column) => (widths[column] === 0 ? [] : [pad(text, column, index === 0)])),
        )
        .map((cells) => `${cells.join(gap).trimEnd()}\n`)
        .join("");
}

/** Widths with which the table fits, as far as columns may give way; one of 0 is left out. */
function fit(
    head: readonly string[],
    wanted: readonly number[],
    { columns = Infinity, least = [] }: TableLook,
): readonly number[] {
    const widths = [...wanted];
    const over = (): number =>
        widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + gap.length), -gap.length) - columns;
    for (const name of least) {
        const column = head.indexOf(name);
        const width = widths[column] ?? 0;
        const excess = over();
        if (excess > 0 && width > 0) {
            const left = width - excess;
            widths[column] = left < Math.max(narrowest, widthOf(name)) ? 0 : left;
        }
    }
    return widths;
}

function cut(text: string, width: number): string {
    if (widthOf(text) <= width) {
        return text;
    }
    let kept = "";
    for (const character of text) {
        if (widthOf(kept + character) > width - ellipsis.length) {
            break;
        }
        kept += character;
    }
    return kept.trimEnd() + ellipsis;
}

/** On one line, whatever it is and whoever gave it. */
function showCell(cell: Cell): string {
    const text = cell === undefined || cell === "" ? "-" : String(cell);
    return isPlain(text) ? text : oneLine(text.replace(/\s*\n\s*/g, " "));
}

function isPlain(text: string): boolean {
    return /^[\x20-\x7e]*$/.test(text);
}

/** Columns of a terminal. The library takes its time, and most texts are plain. */
function widthOf(text: string): number {
    return isPlain(text) ? text.length : stringWidth(text);
}

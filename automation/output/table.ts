import stringWidth from "string-width";

import { oneLine } from "./oneLine";

export type Cell = string | number | undefined;

const gap = "  ";

/**
 * A table without lines, so that `grep` and `awk` can work on it. Numbers stand to the right, a missing value is `-`.
 * Every line ends with a line break and none with blanks.
 */
export function renderTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
    const lines = [head, ...rows.map((row) => row.map(showCell))];
    const widths = head.map((_, column) =>
        lines.reduce((widest, line) => Math.max(widest, widthOf(line[column] ?? "")), 0),
    );
    const isNumeric = head.map(
        (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
    );
    const pad = (text: string, column: number): string => {
        const blanks = " ".repeat((widths[column] ?? 0) - widthOf(text));
        return isNumeric[column] === true ? blanks + text : text + blanks;
    };
    return lines.map((line) => `${line.map(pad).join(gap).trimEnd()}\n`).join("");
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

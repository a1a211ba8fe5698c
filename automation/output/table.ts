import Table from "cli-table3";

export type Cell = string | number | undefined;

const noBorders = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
};

/**
 * A table without lines, so that `grep` and `awk` can work on it. Numbers stand to the right, a missing value is `-`.
 * Every line ends with a line break and none with blanks.
 */
export function renderTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
    const table = new Table({
        head: [...head],
        chars: noBorders,
        style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
        colAligns: head.map((_, column) =>
            rows.length > 0 && rows.every((row) => typeof row[column] === "number") ? "right" : "left",
        ),
    });
    table.push(
        ...rows.map((row) => row.map((cell) => (cell === undefined || cell === "" ? "-" : String(cell)))),
    );
    return `${table
        .toString()
        .split("\n")
        .map((line) => line.trimEnd())
        .join("\n")}\n`;
}

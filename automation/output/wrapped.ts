import wrapAnsi from "wrap-ansi";

/** Widest that prose is read well at, whatever the terminal has. */
const widest = 100;

/** Running text in lines of a terminal, each with the same blanks in front. */
export function wrapped(text: string, columns: number, indent = 0): string {
    const blanks = " ".repeat(indent);
    return wrapAnsi(text, Math.max(Math.min(columns, widest) - indent, 20))
        .split("\n")
        .map((line) => `${blanks}${line}\n`)
        .join("");
}

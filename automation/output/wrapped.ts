import { stripVTControlCharacters } from "node:util";

import stringWidth from "string-width";
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

/**
 * What people are told, as it is written on a terminal: a line that is too long goes on below its own beginning, or below its second
 * column, and no word is broken. A line that holds a command, or JSON, stays whole, so that it can be copied.
 */
export function wrappedLines(text: string, columns: number): string {
    return text
        .split("\n")
        .map((line) =>
            line.length <= columns ||
            stringWidth(line) <= columns ||
            toBeCopied.test(stripVTControlCharacters(line))
                ? line
                : wrappedLine(line, columns),
        )
        .join("\n");
}

/** What to type next, JSON, and programs with an argument. */
const toBeCopied = /^\s*(?:Next:|\{)|\b(?:sles-ecs|pulumi|aws|export|unset) [\w<-]/;

function wrappedLine(line: string, columns: number): string {
    // The blanks that a line begins with, or a first column that ends with several.
    const [head = "", blanks = ""] = /^( *)(?:\S+(?: \S+)* {2,})?/.exec(line) ?? [];
    const indent = stringWidth(head) > columns / 2 ? blanks : head;
    const room = columns - stringWidth(indent);
    const rest = wrapAnsi(line.slice(indent.length), room).split("\n");
    return indent + rest.join(`\n${" ".repeat(stringWidth(indent))}`);
}

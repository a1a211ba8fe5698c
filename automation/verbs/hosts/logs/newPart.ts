import { mostLogCharacters } from "../../../../components/model/hostCommands/hostLogs";

/** A line end that SSM takes off, and the rest of a character that the cut goes through. */
const slack = 4;

/**
 * The end of a log as a host prints it, from its first whole line on: the rest of a line would pass for a new one at the next look,
 * when the cut goes through another.
 */
export function wholeLines(printed: string): { readonly text: string; readonly isCut: boolean } {
    const isCut = Buffer.byteLength(printed) >= mostLogCharacters - slack;
    const end = printed.indexOf("\n");
    return { text: isCut && end !== -1 ? printed.slice(end + 1) : printed, isCut };
}

/**
 * What logs have now and had not before, where only the end of each was seen: the lines that were not there, or not as often.
 * Lines of logs carry their time, so that hardly two read the same.
 */
export function newPart(before: string, now: string): string {
    const seen = new Map<string, number>();
    for (const line of before.split("\n")) {
        seen.set(line, (seen.get(line) ?? 0) + 1);
    }
    const isNew = (line: string): boolean => {
        const left = seen.get(line) ?? 0;
        seen.set(line, left - 1);
        return left <= 0;
    };
    const news = now.split("\n").filter((line) => line !== "" && isNew(line));
    return news.map((line) => `${line}\n`).join("");
}

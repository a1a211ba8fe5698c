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

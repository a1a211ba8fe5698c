import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

/** Where a key of a block map and its value stand in the text of a file. */
export interface Place {
    /** Start of the key's line. */
    readonly line: number;
    /** The blanks before the key. */
    readonly pad: string;
    /** Behind the colon. */
    readonly colon: number;
    /** Behind the value's last character; a remark on the same line comes after it. */
    readonly end: number;
}

/** @returns undefined for a key that does not stand at the beginning of its line, such as one behind a dash */
export function placeOf(text: string, pair: Pair): Place | undefined {
    const [from, to] = (pair.key as Node).range ?? [0, 0];
    const line = lineStart(text, from);
    const pad = text.slice(line, from);
    const colon = text.indexOf(":", to) + 1;
    return /^ *$/.test(pad) && /^ *:$/.test(text.slice(to, colon))
        ? { line, pad, colon, end: Math.max(colon, contentEnd(text, pair.value)) }
        : undefined;
}

/** Where another key of the map would come: behind everything that is the last one's. */
export function placeBehind(
    text: string,
    map: YAMLMap,
): { readonly at: number; readonly pad: string } | undefined {
    const last = map.items.at(-1);
    const place = last && placeOf(text, last);
    return (
        place && {
            at: behindDeeperComments(text, lineEnd(text, place.end), place.pad.length),
            pad: place.pad,
        }
    );
}

export function lineStart(text: string, offset: number): number {
    return text.lastIndexOf("\n", offset - 1) + 1;
}

/** End of a line, without its line break. */
export function lineEnd(text: string, offset: number): number {
    const end = text.indexOf("\n", offset);
    return end === -1 ? text.length : text[end - 1] === "\r" ? end - 1 : end;
}

/** How many blanks a file uses for a level; where it has none, as many as Pulumi. */
export function indentOf(text: string): number {
    return /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
}

/** What some editors put at the head of a text; empty where there is none. */
export function byteOrderMarkOf(text: string): string {
    return text.startsWith("\ufeff") ? "\ufeff" : "";
}

/** As the file writes it. */
export function lineBreak(text: string): string {
    return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The range of a block map takes in the comments behind it; what counts here is its last value. */
function contentEnd(text: string, value: unknown): number {
    if ((isMap(value) || isSeq(value)) && value.flow !== true) {
        const last: unknown = value.items.at(-1);
        const pair = isMap(value) ? (last as Pair | undefined) : undefined;
        const place = pair && placeOf(text, pair);
        return place?.end ?? contentEnd(text, pair?.value ?? last);
    }
    const [from, to] = (value as Node | null | undefined)?.range ?? [0, 0];
    return from === to && isScalar(value) ? 0 : text.slice(0, to).trimEnd().length;
}

/** Else a setting that is commented out would, once it counts, stand below the key that came between. */
function behindDeeperComments(text: string, from: number, column: number): number {
    let end = from;
    for (let at = from; at < text.length;) {
        const start = text.indexOf("\n", at) + 1;
        if (start === 0) {
            return end;
        }
        at = lineEnd(text, start);
        const line = text.slice(start, at);
        const comment = /^( *)#( *)/.exec(line);
        if (comment === null && line.trim() !== "") {
            return end;
        }
        if (comment !== null) {
            // Editors put the hash in front of the blanks, too.
            const depth = (comment[1] === "" ? comment[2] : comment[1])?.length ?? 0;
            if (depth <= column) {
                return end;
            }
            end = at;
        }
    }
    return end;
}

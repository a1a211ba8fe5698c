import { isDeepStrictEqual } from "node:util";

import { Document, isAlias, isMap, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from "yaml";

import { withQuotes } from "./plainScalar";
import { byteOrderMarkOf, indentOf, lineBreak, lineEnd, lineStart, placeBehind, placeOf } from "./places";

/**
 * Changes what a YAML text says at a path of keys. Every line that says something else stays as it is, as far as the
 * text can be changed by lines; the library alone moves comments and drops empty lines.
 * @param value undefined to take the key out
 */
export function setInYaml(text: string, keys: readonly string[], value: unknown): string {
    // Editors of Windows put it before the first key, where it would count as a part of the line.
    const mark = byteOrderMarkOf(text);
    return mark + withoutMark(text.slice(mark.length), keys, value);
}

function withoutMark(text: string, keys: readonly string[], value: unknown): string {
    const written = withQuotes(value);
    const wanted = parseDocument(text);
    setInDocument(wanted, keys, written);
    const spliced = spliceYaml(text, keys, written);
    if (spliced !== undefined) {
        const got = parseDocument(spliced);
        if (got.errors.length === 0 && isDeepStrictEqual(got.toJS() ?? {}, wanted.toJS() ?? {})) {
            return spliced;
        }
    }
    return wanted.toString({ lineWidth: 0, indent: indentOf(text) }).replaceAll(/\r?\n/g, lineBreak(text));
}

/** One change to a text: what stands instead between two offsets. */
type Splice = readonly [from: number, to: number, text: string];
const unchanged: Splice = [0, 0, ""];

/**
 * Changes what a YAML text says at a path of keys, and no line that says something else.
 * @param value undefined to take the key out
 * @returns undefined where that cannot be done by changing lines
 */
function spliceYaml(text: string, keys: readonly string[], value: unknown): string | undefined {
    const { contents } = parseDocument(text);
    const splice =
        contents === null
            ? appended(text, keys, value)
            : isMap(contents)
              ? changed(text, contents, keys, value)
              : undefined;
    return splice && text.slice(0, splice[0]) + splice[2] + text.slice(splice[1]);
}

function appended(text: string, keys: readonly string[], value: unknown): Splice {
    const lines = value === undefined ? "" : pairText(text, keys, value, "") + lineBreak(text);
    const open = lines !== "" && text !== "" && !text.endsWith("\n");
    return [text.length, text.length, (open ? lineBreak(text) : "") + lines];
}

/** @param parent the pair whose value the map is; missing at the top */
function changed(
    text: string,
    map: YAMLMap,
    keys: readonly string[],
    value: unknown,
    parent?: Pair,
): Splice | undefined {
    if (map.flow === true) {
        return flowAnew(text, map, keys, value);
    }
    const [key, ...deeper] = keys;
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (pair !== undefined && deeper.length > 0 && isMap(pair.value) && pair.value.items.length > 0) {
        return changed(text, pair.value, deeper, value, pair);
    }
    if (value === undefined) {
        const only = map.items.length === 1 ? parent : undefined;
        return pair && deeper.length === 0 ? withoutPair(text, pair, only) : unchanged;
    }
    if (pair !== undefined) {
        return withValue(text, pair, keys, value);
    }
    const place = placeBehind(text, map);
    return place && [place.at, place.at, lineBreak(text) + pairText(text, keys, value, place.pad)];
}

/** @param parent the pair whose value has nothing else; to Pulumi a key without a value is not the same as an empty map */
function withoutPair(text: string, pair: Pair, parent: Pair | undefined): Splice | undefined {
    const place = placeOf(text, pair);
    if (place === undefined) {
        return undefined;
    }
    const to = lineEnd(text, place.end);
    if (place.line === 0) {
        return [0, text.indexOf("\n", to) + 1, ""];
    }
    const from = lineEnd(text, lineStart(text, place.line - 1));
    const colon = parent && placeOf(text, parent)?.colon;
    return colon === undefined ? [from, to, ""] : [colon, to, ` {}${text.slice(colon, from)}`];
}

function withValue(text: string, pair: Pair, keys: readonly string[], value: unknown): Splice | undefined {
    const place = placeOf(text, pair);
    if (place === undefined) {
        return undefined;
    }
    const { colon, end, pad } = place;
    const keyAlone = pairText(text, keys.slice(0, 1), null, pad).length - " null".length;
    const written = pairText(text, keys, value, pad).slice(keyAlone);
    if (!written.startsWith(" ")) {
        const to = lineEnd(text, end);
        return [colon, to, text.slice(end, to).trimEnd() + written];
    }
    // Keeps a tag, an anchor, and blanks that line values up.
    const from = isScalar(pair.value) && end > colon ? pair.value.range?.[0] : undefined;
    return from === undefined ? [colon, end, written] : [from, end, written.trimStart()];
}

/** `key: value` with these blanks before every line, and the rest of the path as maps within it. */
function pairText(text: string, keys: readonly string[], value: unknown, pad: string): string {
    const nested = keys.reduceRight<unknown>((inner, key) => new Map([[withQuotes(key), inner]]), value);
    return stringify(nested, { indent: indentOf(text), lineWidth: 0 })
        .trimEnd()
        .replaceAll(/^(?=.)/gm, pad)
        .replaceAll("\n", lineBreak(text));
}

/** A map in braces is written anew as a whole; the comments around it stand there already. */
function flowAnew(text: string, map: YAMLMap, keys: readonly string[], value: unknown): Splice | undefined {
    const [from, to] = map.range ?? [0, 0];
    const document = new Document();
    document.contents = Object.assign(map, { comment: null, commentBefore: null });
    setInDocument(document, keys, value);
    const flowCollectionPadding = /^\{\s/.test(text.slice(from, to));
    const written = document.toString({ lineWidth: 0, flowCollectionPadding }).trimEnd();
    const pad = " ".repeat(/^ */.exec(text.slice(lineStart(text, from)))?.[0].length ?? 0);
    return [from, to, written.replaceAll("\n", lineBreak(text) + pad)];
}

/**
 * Changes what a document says at a path of keys. On the way there what is null becomes a map, and what is another
 * one's by its name becomes a copy.
 * @param value undefined to take the key out
 */
function setInDocument(document: Document, keys: readonly string[], value: unknown): void {
    if (value === undefined) {
        if (document.hasIn(keys)) {
            document.deleteIn(keys);
        }
        return;
    }
    for (let depth = 1; depth < keys.length; depth++) {
        const above = keys.slice(0, depth);
        const node = document.getIn(above, true);
        if (isAlias(node)) {
            document.setIn(above, document.createNode(node.toJS(document)));
        } else if (document.getIn(above) === null) {
            document.deleteIn(above);
        }
    }
    document.setIn(keys.map(withQuotes), value);
}

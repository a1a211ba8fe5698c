import { isDeepStrictEqual } from "node:util";

import { parseDocument } from "yaml";

import { indentOf } from "./places";
import { setInDocument } from "./setInDocument";
import { spliceYaml } from "./splice";

/**
 * Changes what a YAML text says at a path of keys. Every line that says something else stays as it is, as far as the
 * text can be changed by lines; the library alone moves comments and drops empty lines.
 * @param value undefined to take the key out
 */
export function setInYaml(text: string, keys: readonly string[], value: unknown): string {
    const wanted = parseDocument(text);
    setInDocument(wanted, keys, value);
    const spliced = spliceYaml(text, keys, value);
    if (spliced !== undefined) {
        const got = parseDocument(spliced);
        if (got.errors.length === 0 && isDeepStrictEqual(got.toJS() ?? {}, wanted.toJS() ?? {})) {
            return spliced;
        }
    }
    return wanted.toString({ lineWidth: 0, indent: indentOf(text) });
}

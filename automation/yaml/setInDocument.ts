import { isAlias, type Document } from "yaml";

/**
 * Changes what a document says at a path of keys. On the way there what is null becomes a map, and what is another
 * one's by its name becomes a copy.
 * @param value undefined to take the key out
 */
export function setInDocument(document: Document, keys: readonly string[], value: unknown): void {
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
    document.setIn(keys, value);
}

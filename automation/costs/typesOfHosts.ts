import type { Part } from "../../components/model/cost/parts";

/** Instance types, each once: what has a price of its own. */
export function typesOfHosts(parts: readonly Part[]): readonly string[] {
    const types = parts.flatMap(({ kind, type }) => (kind === "hosts" && type !== undefined ? [type] : []));
    return [...new Set(types)];
}

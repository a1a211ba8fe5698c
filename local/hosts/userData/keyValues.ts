/** Reads `KEY=value` lines as the ECS agent does: split at the first `=`, trimmed, the last of a key counts. */
export function readKeyValues(text: string): Record<string, string> {
    const values: Record<string, string> = {};
    for (const line of text.split("\n")) {
        const split = line.indexOf("=");
        if (split > 0 && !line.trimStart().startsWith("#")) {
            values[line.slice(0, split).trim()] = line.slice(split + 1).trim();
        }
    }
    return values;
}

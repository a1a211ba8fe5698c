/** Version of every JSON shape on stdout; it rises when a field is removed, renamed or changes its meaning. */
export const jsonVersion = 1;

/** One JSON document for stdout: `{"version": 1, …}`, two blanks deep, with a line break at its end. */
export function renderJson(value: object): string {
    return `${JSON.stringify({ version: jsonVersion, ...value }, undefined, 2)}\n`;
}

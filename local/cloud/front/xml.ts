const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Makes text safe inside an XML element. */
export function escapeXml(text: string): string {
    return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Writes one XML element around text, or nothing at all when there is no text. */
export function element(name: string, text: string | number | undefined): string {
    return text === undefined ? "" : `<${name}>${escapeXml(String(text))}</${name}>`;
}

const shownCharacters = 80;

/** A value that a server sent, as it may stand in a message: short, on one line, without what moves a terminal. */
export function quote(value: unknown): string {
    if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    const start = typeof value === "string" ? value.slice(0, shownCharacters) : value;
    const text = (typeof start === "string" ? JSON.stringify(start) : String(start)).replace(
        /[^\x20-\x7e]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return start === value ? text : `${text}...`;
}

/** Control characters, and those that turn the direction of a text (Unicode Standard Annex 9). */
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of somebody else's, in which nothing begins another line or tells a terminal what to do. */
export function withoutControls(text: string): string {
    return text.replace(controls, " ");
}

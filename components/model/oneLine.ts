import { stripVTControlCharacters } from "node:util";

/** Control characters, and those that turn the direction of a text (Unicode Standard Annex 9). */
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A text of somebody else's, such as the `Name` tag of a volume, as it may stand on a line of its own: it neither begins another
 * line nor tells a terminal what to do.
 */
export function oneLine(text: string): string {
    return stripVTControlCharacters(text).replace(controls, " ");
}

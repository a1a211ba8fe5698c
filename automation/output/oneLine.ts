import { stripVTControlCharacters } from "node:util";

import { withoutControls } from "../../components/model/withoutControls";

/**
 * A text of somebody else's, such as the `Name` tag of a volume, as it may stand on a line of its own: it neither begins another
 * line nor tells a terminal what to do.
 */
export function oneLine(text: string): string {
    return withoutControls(stripVTControlCharacters(text));
}

/** The same for a text that may have several lines, such as what a provider complains of. */
export function eachOnItsLine(text: string): string {
    return text.split("\n").map(oneLine).join("\n");
}

import { oneLine } from "../../components/model/oneLine";

export { oneLine };

/** The same for a text that may have several lines, such as what a provider complains of. */
export function eachOnItsLine(text: string): string {
    return text.split("\n").map(oneLine).join("\n");
}

import { parseHours, type OfficeHours } from "../../hours";
import { checkedText } from "../fields";

export const hoursSchema = checkedText("days, times and a time zone", (value) => {
    const hours = parseHours(value);
    return typeof hours === "string" ? hours : undefined;
});

/** Missing: the hosts run all the time. @throws RangeError for hours that have not passed the schema */
export function resolveHours(text: string | undefined): OfficeHours | undefined {
    const hours = text === undefined ? undefined : parseHours(text);
    if (typeof hours === "string") {
        throw new RangeError(`got ${text}, expected ${hours}`);
    }
    return hours;
}

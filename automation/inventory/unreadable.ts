import { isRefusedByAws } from "../errors/appError";
import type { Progress } from "../ports/io";
import type { OnUnreadable } from "./find";

/** Warns once of what may not be looked for. Errors that are not AWS's answer pass. */
export function warnOfUnreadable(progress: Pick<Progress, "note">): OnUnreadable {
    const warned = new Set<string>();
    return (what, error) => {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        if (!warned.has(what)) {
            warned.add(what);
            progress.note(`warning: could not look for ${what}: ${error.message}`);
        }
    };
}

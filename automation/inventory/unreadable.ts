import type { Unseen } from "../../components/model/evidence";
import { isRefusedByAws } from "../errors/appError";
import { oneLine } from "../output/oneLine";
import type { Progress } from "../ports/io";
import type { OnUnreadable } from "./find";

/** What could not be looked for, as a line for a person. */
export function describeUnseen({ what, reason }: Unseen): string {
    return oneLine(`could not look for ${what}: ${reason}`);
}

/**
 * Warns once of what may not be looked for. Errors that are not AWS's answer pass.
 * @param unseen takes each of them with its reason, for those to whom a look that was refused proves nothing
 */
export function warnOfUnreadable(
    progress: Pick<Progress, "note">,
    unseen: Map<string, Unseen> = new Map(),
): OnUnreadable {
    const warned = new Set<string>();
    return (what, error) => {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        unseen.set(what, { what, reason: error.message });
        if (!warned.has(what)) {
            warned.add(what);
            progress.note(`warning: ${describeUnseen({ what, reason: error.message })}`);
        }
    };
}

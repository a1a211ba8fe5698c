import type { Unseen } from "../../components/model/evidence";
import { isRefusedByAws } from "../errors/appError";
import { oneLine } from "../output/oneLine";
import type { Progress } from "../ports/io";

/** Told of what could not be looked for, and why. */
export type OnUnreadable = (what: string, error: unknown) => void;

/** A list; an empty one where it could not be had, of which somebody is told. */
export async function orUnreadable<T>(
    onUnreadable: OnUnreadable,
    what: string,
    read: Promise<readonly T[]>,
): Promise<readonly T[]> {
    try {
        return await read;
    } catch (error) {
        onUnreadable(what, error);
        return [];
    }
}

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

import type { Line } from "../../../components/model/commandLine";
import { failedOf } from "../../teardown/endOne";

/** What could not be removed, though it was to go. */
export interface NotRemoved {
    /** Stack id of an environment, id of a volume, or name of a repository. */
    readonly id: string;
    /** Missing for what was kept. */
    readonly environment?: string;
    readonly reason: string;
    /** What to do about it; not for scripts. */
    readonly next?: Line;
}

interface Subject {
    readonly id: string;
    readonly environment?: string;
}

/**
 * Removes one after the other. One of several that fails keeps neither the others from their turn, nor what became of them from
 * whoever asked; of one alone the error says it all.
 */
export async function inTurn<T extends Subject, R>(
    subjects: readonly T[],
    remove: (one: T) => Promise<R>,
    signal: AbortSignal,
): Promise<{ readonly removed: readonly R[]; readonly failed: readonly NotRemoved[] }> {
    const removed: R[] = [];
    const failed: NotRemoved[] = [];
    for (const one of subjects) {
        signal.throwIfAborted();
        try {
            removed.push(await remove(one));
        } catch (error) {
            if (subjects.length === 1) {
                throw error;
            }
            const { id, environment } = one;
            const { reason, next } = failedOf(environment ?? id, error);
            failed.push({ id, environment, reason, next });
        }
    }
    return { removed, failed };
}

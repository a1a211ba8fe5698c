import type { ChangeSummary, ResourceEvent, ResourceFate } from "../ports/engine";

/** What becomes of the resource of a step. */
export function fateOf({
    operation,
    isRetained,
}: Pick<ResourceEvent, "operation" | "isRetained">): ResourceFate {
    return operation === "delete" && isRetained === true ? "retain" : operation;
}

/** Whether a step loses something: what is replaced or deleted is gone afterwards, or nothing uses it any more. */
export function isLoss(step: ResourceEvent): boolean {
    const fate = fateOf(step);
    return fate === "delete" || fate === "replace";
}

/** How many of the steps have which fate. */
export function countFates(steps: readonly ResourceEvent[]): ChangeSummary["counts"] {
    const counts: Partial<Record<ResourceFate, number>> = {};
    for (const fate of steps.map(fateOf)) {
        counts[fate] = (counts[fate] ?? 0) + 1;
    }
    return counts;
}

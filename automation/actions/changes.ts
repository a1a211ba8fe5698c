import type { ChangeSummary, ResourceEvent, ResourceOperation } from "../ports/engine";

/** Steps that lose something: what is replaced or deleted is gone afterwards. */
export function destructiveSteps(changes: ChangeSummary): readonly ResourceEvent[] {
    return changes.steps.filter((step) => step.operation === "delete" || step.operation === "replace");
}

const pastTense: Partial<Record<ResourceOperation, string>> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
    same: "unchanged",
};

/** The counts as a sentence part, such as `3 created, 1 replaced, 12 unchanged`. */
export function countChanges(changes: ChangeSummary): string {
    const parts = (Object.entries(pastTense) as [ResourceOperation, string][]).flatMap(([operation, word]) => {
        const count = changes.counts[operation] ?? 0;
        return count === 0 ? [] : [`${count} ${word}`];
    });
    return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/** One step as a line, such as `replace aws:ec2/instance:Instance sles-ecs-host-0 (imageId)`. */
export function describeStep(step: ResourceEvent): string {
    const why = step.changedProperties.length === 0 ? "" : ` (${step.changedProperties.join(", ")})`;
    return `${step.operation} ${step.type} ${step.name}${why}`;
}
